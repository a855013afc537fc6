package io.kurobe.planner.privacy;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.ReadRequest;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.type.SqlType;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.calcite.sql.SqlDialect;

/**
 * Reads some values of a table's columns, to see what they are: some thousand rows by one
 * statement, from random blocks of a large table where its source can, else its first. It never
 * reads a whole large table, and what it read is not kept. Threads share it.
 */
public final class ColumnSampler {
  private static final int MOST_ROWS = 10_000;

  /** Rows times columns at most. */
  private static final int MOST_CELLS = 200_000;

  private static final int MOST_COLUMNS = 200;
  private static final int MOST_CHARACTERS = 500;

  /** From so many rows on blocks are chosen at random, so much of the limit. */
  private static final long LARGE = 50_000;

  private static final double OF_LIMIT = 0.75;

  /** Fewer rows than these from random blocks tell too little. */
  private static final int FEW = 50;

  private ColumnSampler() {}

  /**
   * Values of the columns that may hold something of persons.
   *
   * @param patience how long the source may take
   * @return by column, as text, without NULL and ''
   */
  public static Map<String, List<String>> read(
      Source source, String schema, TableMetadata table, Duration patience) {
    List<TableMetadata.Column> columns =
        table.columns().stream()
            .filter(column -> isLookedAt(column.type()))
            .limit(MOST_COLUMNS)
            .toList();
    if (columns.isEmpty()) {
      return Map.of();
    }
    long rows = table.rowCount().orElse(0);
    if (table.kind() == TableMetadata.Kind.TABLE && rows > LARGE) {
      Optional<String> blocks =
          source.randomBlocks(Math.min(100, 100 * OF_LIMIT * limit(columns) / rows));
      if (blocks.isPresent()) {
        var sample =
            read(
                source, sql(source, schema, table, columns, " " + blocks.get()), columns, patience);
        if (sample.values().stream().anyMatch(values -> values.size() >= FEW)) {
          return sample;
        }
      }
    }
    return read(source, sql(source, schema, table, columns, ""), columns, patience);
  }

  private static int limit(List<TableMetadata.Column> columns) {
    return Math.min(MOST_ROWS, MOST_CELLS / columns.size());
  }

  private static boolean isLookedAt(SqlType type) {
    return switch (type.kind()) {
      case CHAR, VARCHAR, JSON, INTEGER, BIGINT -> true;
      case DECIMAL -> type.scale() == 0;
      default -> false;
    };
  }

  private static String sql(
      Source source,
      String schema,
      TableMetadata table,
      List<TableMetadata.Column> columns,
      String blocks) {
    SqlDialect dialect = source.dialect();
    return columns.stream()
            .map(
                column ->
                    "SUBSTRING(CAST("
                        + dialect.quoteIdentifier(column.name())
                        + " AS VARCHAR) FROM 1 FOR "
                        + MOST_CHARACTERS
                        + ")")
            .collect(Collectors.joining(", ", "SELECT ", ""))
        + " FROM "
        + dialect.quoteIdentifier(schema)
        + "."
        + dialect.quoteIdentifier(table.name())
        + blocks
        + " LIMIT "
        + limit(columns);
  }

  private static Map<String, List<String>> read(
      Source source, String sql, List<TableMetadata.Column> columns, Duration patience) {
    List<SqlType.Field> fields =
        columns.stream()
            .map(column -> new SqlType.Field(column.name(), SqlType.VARCHAR, true))
            .toList();
    Map<String, List<String>> values = new LinkedHashMap<>();
    columns.forEach(column -> values.put(column.name(), new ArrayList<>()));
    try (BatchStream stream =
        source.read(new ReadRequest(sql, fields, ZoneOffset.UTC, patience, 2_048))) {
      while (stream.reader().loadNextBatch()) {
        add(values, columns, stream.reader().getVectorSchemaRoot());
      }
      return values;
    } catch (IOException e) {
      throw new KurobeException(ErrorCode.INTERNAL, "reading values failed: " + e.getMessage(), e);
    }
  }

  private static void add(
      Map<String, List<String>> values,
      List<TableMetadata.Column> columns,
      VectorSchemaRoot batch) {
    for (int i = 0; i < columns.size(); i++) {
      List<String> of = values.getOrDefault(columns.get(i).name(), List.of());
      for (int row = 0; row < batch.getRowCount(); row++) {
        Object value = batch.getVector(i).getObject(row);
        if (value != null && !value.toString().isBlank()) {
          of.add(value.toString());
        }
      }
    }
  }
}
