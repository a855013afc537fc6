package io.kurobe.nl2sql.generate;

import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.privacy.Classifications;
import io.kurobe.planner.privacy.Classifier;
import io.kurobe.planner.privacy.ModelGate;
import io.kurobe.planner.question.QuestionSupport;
import java.util.List;
import org.apache.calcite.sql.SqlNode;

/** A test's catalog that models may be told of. */
record GatedCatalog(QuestionSupport catalogText) implements QuestionSupport {
  @Override
  public CatalogSnapshot catalog() {
    return catalogText.catalog();
  }

  @Override
  public SqlNode parse(String sql) {
    return catalogText.parse(sql);
  }

  @Override
  public List<SqlType.Field> validate(SqlNode query) {
    return catalogText.validate(query);
  }

  @Override
  public List<String> frequentValues(TableName table, String column) {
    return catalogText.frequentValues(table, column);
  }

  @Override
  public ModelGate models() {
    return new ModelGate(catalog(), new Classifier(Classifications.NONE));
  }
}
