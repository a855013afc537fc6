package io.kurobe.planner.fragment;

import com.google.common.collect.ImmutableList;
import io.kurobe.adapters.source.Source;
import io.kurobe.planner.catalog.Catalog;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.rel2sql.RelToSqlConverter;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Writes a fragment as one SQL statement, at a source or in the engine. */
public final class Unparser {
  private final Catalog catalog;
  private final SqlDialect engine;

  /**
   * Makes an unparser.
   *
   * @param engine the engine's dialect
   */
  public Unparser(Catalog catalog, SqlDialect engine) {
    this.catalog = catalog;
    this.engine = engine;
  }

  /** The statement a source runs. */
  public String atSource(Source source, RelNode tree) {
    return text(new Converter(source.dialect(), ""), source.dialect(), tree);
  }

  /**
   * The statement the engine runs.
   *
   * @param database the name of the database the staged relations are in
   */
  public String atEngine(RelNode tree, String database) {
    return text(new Converter(engine, database), engine, tree);
  }

  private static String text(Converter converter, SqlDialect dialect, RelNode tree) {
    SqlNode statement = converter.visitRoot(tree).asStatement();
    return statement
        .toSqlString(
            config ->
                config
                    .withDialect(dialect)
                    .withQuoteAllIdentifiers(true)
                    .withAlwaysUseParentheses(false)
                    .withSelectListItemsOnSeparateLines(false)
                    .withIndentation(0))
        .getSql()
        .replace('\n', ' ');
  }

  /** Public, as its methods are found by reflection on the type of the node. */
  public final class Converter extends RelToSqlConverter {
    private final String database;

    Converter(SqlDialect dialect, String database) {
      super(dialect);
      this.database = database;
    }

    /** A table of a source: schema and table there; with the source before them in the engine. */
    @Override
    public Result visit(TableScan scan) {
      List<String> name = scan.getTable().getQualifiedName();
      boolean inEngine = !database.isEmpty();
      List<String> written =
          inEngine
              ? List.of(
                  catalog.source(name.get(0)).attachedAs().orElse(name.get(0)),
                  name.get(1),
                  name.get(2))
              : name.subList(1, 3);
      return named(written, scan);
    }

    /** A staged relation. */
    public Result visit(StagedScan scan) {
      return named(List.of(database, "main", scan.relation()), scan);
    }

    private Result named(List<String> name, RelNode node) {
      return result(
          new SqlIdentifier(name, SqlParserPos.ZERO), ImmutableList.of(Clause.FROM), node, null);
    }
  }
}
