package io.kurobe.driver;

import java.util.List;
import org.apache.calcite.avatica.Meta;

/** What Avatica's message about the catalog was answered with, complete; nobody changes it. */
final class MetadataAnswer {
  /** What an object takes beside what it holds, about. */
  private static final int OBJECT_BYTES = 16;

  private static final int TEXT_BYTES = 40;

  private final Meta.Signature signature;
  private final Meta.Frame frame;

  MetadataAnswer(Meta.Signature signature, Meta.Frame frame) {
    this.signature = signature;
    this.frame = frame;
  }

  /** The answer as the result of a statement that the server need not know. */
  Meta.MetaResultSet as(String connection, int statement) {
    return Meta.MetaResultSet.create(connection, statement, true, signature, frame);
  }

  /** How much memory its rows take, about. */
  long bytes() {
    long bytes = 0;
    for (Object row : frame.rows) {
      bytes += OBJECT_BYTES;
      for (Object cell : row instanceof List ? (List<?>) row : List.of(row)) {
        bytes += cell instanceof String ? TEXT_BYTES + ((String) cell).length() : OBJECT_BYTES;
      }
    }
    return bytes;
  }
}
