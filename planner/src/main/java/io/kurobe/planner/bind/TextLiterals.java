package io.kurobe.planner.bind;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.TextForm;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/**
 * Text literals in the one character set there is: one that names another, as {@code U&'…'} does
 * within, is the same text. Refuses what no text may hold.
 */
final class TextLiterals extends SqlShuttle {
  private TextLiterals() {}

  /** The query with plain text literals; the same if it has no others. */
  static SqlNode plain(SqlNode query) {
    SqlNode plain = query.accept(new TextLiterals());
    return plain == null ? query : plain;
  }

  @Override
  public @Nullable SqlNode visit(SqlLiteral literal) {
    if (!(literal instanceof SqlCharStringLiteral)) {
      return literal;
    }
    NlsString text = literal.getValueAs(NlsString.class);
    TextForm.refusal(text.getValue())
        .ifPresent(
            problem -> {
              throw new KurobeException(TextForm.REFUSED, "a text " + problem)
                  .at(TableNames.position(literal.getParserPosition()))
                  .withHint(TextForm.HINT);
            });
    return text.getCharsetName() == null
        ? literal
        : SqlLiteral.createCharString(text.getValue(), literal.getParserPosition());
  }
}
