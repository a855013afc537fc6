package io.kurobe.nl2sql.validate;

import io.kurobe.adapters.type.SqlType;
import io.kurobe.nl2sql.validate.ColumnComparisons.WithLiteral;
import io.kurobe.planner.question.QuestionSupport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Literals against what their columns hold. One that a column does not hold, where it holds one
 * that differs only in case, spaces or punctuation, is read as that one; a number compared with a
 * text is read as a text.
 */
final class StoredValues {
  /** As many as the planner gives of a column: there may be more. */
  private static final int MOST_KNOWN = 1_000;

  private static final Set<SqlType.Kind> TEXTS = Set.of(SqlType.Kind.CHAR, SqlType.Kind.VARCHAR);

  private final QuestionSupport support;
  private final KnownTables tables;
  private final List<String> repairs = new ArrayList<>();
  private final List<Signal> signals = new ArrayList<>();

  StoredValues(QuestionSupport support, KnownTables tables) {
    this.support = support;
    this.tables = tables;
  }

  List<String> repairs() {
    return repairs;
  }

  List<Signal> signals() {
    return signals;
  }

  /** The query with literals as they are stored. */
  SqlNode mend(SqlNode query) {
    SqlNode tree = query;
    for (WithLiteral compared : ColumnComparisons.of(query, tables).literals) {
      if (!TEXTS.contains(compared.column().column().type().kind())) {
        continue;
      }
      SqlLiteral literal = compared.literal();
      if (SqlTypeName.NUMERIC_TYPES.contains(literal.getTypeName())) {
        signals.add(
            new Signal(
                Signal.Kind.TEXT_AND_NUMBER,
                "the text " + name(compared) + " is compared with the number " + literal));
        tree = Replacement.in(tree, literal, text(literal.toValue(), literal));
      } else if (literal.getTypeName() == SqlTypeName.CHAR) {
        tree = stored(tree, compared, literal);
      }
    }
    return tree;
  }

  private SqlNode stored(SqlNode tree, WithLiteral compared, SqlLiteral literal) {
    String written = literal.getValueAs(String.class);
    List<String> values =
        support.frequentValues(compared.column().table().name(), compared.column().column().name());
    if (values.isEmpty() || values.contains(written)) {
      return tree;
    }
    String bare = bare(written);
    List<String> same =
        bare.isEmpty() ? List.of() : values.stream().filter(v -> bare(v).equals(bare)).toList();
    if (same.size() == 1) {
      repairs.add("read '" + same.get(0) + "' for '" + written + "'");
      return Replacement.in(tree, literal, text(same.get(0), literal));
    }
    if (values.size() < MOST_KNOWN) {
      signals.add(
          new Signal(Signal.Kind.UNKNOWN_VALUE, "no " + name(compared) + " is '" + written + "'"));
    }
    return tree;
  }

  private static SqlNode text(String value, SqlLiteral old) {
    return SqlLiteral.createCharString(value, old.getParserPosition());
  }

  private static String name(WithLiteral compared) {
    return compared.column().column().name();
  }

  private static String bare(String value) {
    return value.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
  }
}
