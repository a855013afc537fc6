package io.kurobe.server.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Predictions as JSON lines, for whoever wants to score them again; whoever opens it closes it. */
final class PredictionFile implements AutoCloseable {
  private final ObjectMapper mapper = new ObjectMapper();
  private final @Nullable BufferedWriter writer;

  private PredictionFile(@Nullable BufferedWriter writer) {
    this.writer = writer;
  }

  /** The file, replaced if it is there; one that keeps nothing if there is no path. */
  static PredictionFile of(@Nullable Path path) throws IOException {
    return new PredictionFile(path == null ? null : Files.newBufferedWriter(path));
  }

  void write(EvalRun.Prediction prediction) throws IOException {
    if (writer == null) {
      return;
    }
    ObjectNode line = mapper.createObjectNode();
    line.put("id", prediction.question().id());
    line.put("sql", prediction.sql());
    prediction.columns().forEach(line.putArray("columns")::add);
    ArrayNode rows = line.putArray("rows");
    for (List<@Nullable Object> row : prediction.rows()) {
      ArrayNode cells = rows.addArray();
      row.forEach(cell -> add(cells, cell));
    }
    line.put("confidence", prediction.confidence());
    line.put("ms", Math.round(prediction.ms() * 10) / 10.0);
    line.put("error", prediction.error());
    writer.write(mapper.writeValueAsString(line));
    writer.newLine();
    writer.flush();
  }

  private static void add(ArrayNode cells, @Nullable Object cell) {
    if (cell == null) {
      cells.addNull();
    } else if (cell instanceof Boolean truth) {
      cells.add(truth);
    } else if (cell instanceof Double || cell instanceof Float) {
      double number = ((Number) cell).doubleValue();
      if (Double.isFinite(number)) {
        cells.add(number);
      } else {
        cells.add(cell.toString());
      }
    } else if (cell instanceof Number) {
      cells.add(new BigDecimal(cell.toString()));
    } else {
      cells.add(cell.toString());
    }
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }
}
