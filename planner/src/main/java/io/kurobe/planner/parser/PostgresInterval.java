package io.kurobe.planner.parser;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.error.StatementPosition;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * An interval as PostgreSQL writes it, with the units in the text: {@code INTERVAL '1 day 02:30'}.
 * It becomes the standard's interval of months or of seconds; one that has both is refused, as the
 * standard has none.
 */
final class PostgresInterval {
  private static final int MOST_DIGITS = 9;
  private static final Pattern PART =
      Pattern.compile(
          "\\s*(?:([+-]?)(\\d+):(\\d\\d)(?::(\\d\\d(?:\\.\\d+)?))?|([+-]?\\d+(?:\\.\\d+)?)\\s*([a-z]+))");

  private static final Map<String, Integer> MONTHS =
      Map.of("year", 12, "yr", 12, "y", 12, "month", 1, "mon", 1, "decade", 120, "century", 1200);

  private static final Map<String, BigDecimal> SECONDS =
      Map.ofEntries(
          Map.entry("week", new BigDecimal(604_800)),
          Map.entry("w", new BigDecimal(604_800)),
          Map.entry("day", new BigDecimal(86_400)),
          Map.entry("d", new BigDecimal(86_400)),
          Map.entry("hour", new BigDecimal(3_600)),
          Map.entry("hr", new BigDecimal(3_600)),
          Map.entry("h", new BigDecimal(3_600)),
          Map.entry("minute", new BigDecimal(60)),
          Map.entry("min", new BigDecimal(60)),
          Map.entry("m", new BigDecimal(60)),
          Map.entry("second", BigDecimal.ONE),
          Map.entry("sec", BigDecimal.ONE),
          Map.entry("s", BigDecimal.ONE),
          Map.entry("millisecond", new BigDecimal("0.001")),
          Map.entry("ms", new BigDecimal("0.001")));

  private PostgresInterval() {}

  static SqlLiteral of(String text, int sign, SqlParserPos position) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    Matcher part = PART.matcher(lower);
    BigDecimal months = BigDecimal.ZERO;
    BigDecimal seconds = BigDecimal.ZERO;
    boolean inMonths = false;
    boolean inSeconds = false;
    int at = 0;
    while (part.find() && part.start() == at) {
      at = part.end();
      String unit = part.group(6) == null ? "" : singular(part.group(6));
      if (unit.isEmpty()) {
        seconds = seconds.add(clock(part));
        inSeconds = true;
      } else if (MONTHS.containsKey(unit)) {
        BigDecimal factor = new BigDecimal(MONTHS.get(unit));
        months = months.add(new BigDecimal(part.group(5)).multiply(factor));
        inMonths = true;
      } else if (SECONDS.containsKey(unit)) {
        seconds = seconds.add(new BigDecimal(part.group(5)).multiply(SECONDS.get(unit)));
        inSeconds = true;
      } else {
        throw error(ErrorCode.INVALID_TEXT_FORM, "no unit of an interval is " + unit, position);
      }
    }
    if (at == 0 || at != lower.length()) {
      throw error(ErrorCode.INVALID_TEXT_FORM, "not an interval: '" + text + "'", position)
          .withHint("INTERVAL '1' DAY, or INTERVAL '1 day'");
    }
    if (inMonths && inSeconds) {
      throw error(
              ErrorCode.NOT_SUPPORTED,
              "an interval is of years and months or of days and seconds, not of both",
              position)
          .withHint("add two: d + INTERVAL '1 month' + INTERVAL '2 days'");
    }
    return inMonths
        ? literal(whole(months, position), sign, TimeUnit.MONTH, null, position)
        : ofSeconds(seconds, sign, position);
  }

  private static String singular(String unit) {
    String known =
        unit.length() > 2 && unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit;
    return known.equals("centurie") ? "century" : known;
  }

  private static BigDecimal clock(Matcher part) {
    BigDecimal seconds =
        new BigDecimal(part.group(2))
            .multiply(new BigDecimal(3_600))
            .add(new BigDecimal(part.group(3)).multiply(new BigDecimal(60)))
            .add(new BigDecimal(part.group(4) == null ? "0" : part.group(4)));
    return part.group(1).equals("-") ? seconds.negate() : seconds;
  }

  private static String whole(BigDecimal number, SqlParserPos position) {
    try {
      return number.toBigIntegerExact().toString();
    } catch (ArithmeticException e) {
      throw error(ErrorCode.NOT_SUPPORTED, "an interval has no fraction of a month", position);
    }
  }

  /** In the one unit that holds it whole, else in days to seconds. */
  private static SqlLiteral ofSeconds(BigDecimal seconds, int sign, SqlParserPos position) {
    for (TimeUnit unit : new TimeUnit[] {TimeUnit.DAY, TimeUnit.HOUR, TimeUnit.MINUTE}) {
      BigDecimal[] parts =
          seconds.divideAndRemainder(SECONDS.get(singular(unit.name().toLowerCase(Locale.ROOT))));
      if (parts[1].signum() == 0) {
        return literal(parts[0].toBigInteger().toString(), sign, unit, null, position);
      }
    }
    int whole = seconds.signum() < 0 ? -sign : sign;
    BigDecimal[] days = seconds.abs().divideAndRemainder(new BigDecimal(86_400));
    BigDecimal[] hours = days[1].divideAndRemainder(new BigDecimal(3_600));
    BigDecimal[] minutes = hours[1].divideAndRemainder(new BigDecimal(60));
    String text =
        String.format(
            Locale.ROOT,
            "%d %02d:%02d:%s",
            days[0].toBigInteger(),
            hours[0].toBigInteger(),
            minutes[0].toBigInteger(),
            minutes[1].stripTrailingZeros().toPlainString());
    return literal(text, whole, TimeUnit.DAY, TimeUnit.SECOND, position);
  }

  private static SqlLiteral literal(
      String text,
      int sign,
      TimeUnit from,
      @org.jspecify.annotations.Nullable TimeUnit to,
      SqlParserPos position) {
    boolean negative = text.startsWith("-");
    var qualifier = new SqlIntervalQualifier(from, MOST_DIGITS, to, to == null ? -1 : 6, position);
    return SqlIntervalLiteral.createInterval(
        negative ? -sign : sign, negative ? text.substring(1) : text, qualifier, position);
  }

  private static KurobeException error(ErrorCode code, String message, SqlParserPos position) {
    return new KurobeException(code, message)
        .at(new StatementPosition(position.getLineNum(), position.getColumnNum()));
  }
}
