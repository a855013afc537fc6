package io.kurobe.planner.privacy;

import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.privacy.pattern.PersonalKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Classifications as rows: of {@code system.privacy.columns} and of CLASSIFY. */
public final class ClassificationRows {
  /** The columns of such a row. */
  public static final List<SqlType.Field> COLUMNS =
      List.of(
          field("source_name", SqlType.VARCHAR),
          field("schema_name", SqlType.VARCHAR),
          field("table_name", SqlType.VARCHAR),
          field("column_name", SqlType.VARCHAR),
          field("kind", SqlType.VARCHAR),
          field("confidence", SqlType.DOUBLE),
          field("state", SqlType.VARCHAR),
          field("reasons", SqlType.VARCHAR));

  private ClassificationRows() {}

  private static SqlType.Field field(String name, SqlType type) {
    return new SqlType.Field(name, type, true);
  }

  /** A row; its kind is null where a person said that there is none. */
  public static List<@Nullable Object> row(Classification classification) {
    ColumnName column = classification.column();
    return Arrays.asList(
        column.table().source(),
        column.table().schema(),
        column.table().table(),
        column.column(),
        classification.kind().map(PersonalKind::label).orElse(null),
        classification.confidence(),
        classification.state().name().toLowerCase(Locale.ROOT),
        String.join("; ", classification.reasons()));
  }
}
