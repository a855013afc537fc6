package io.kurobe.planner.sqllogic;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The values a query has to give, row by row, or their number and MD5. */
record Answer(List<String> lines) {
  private static final Pattern HASHED = Pattern.compile("(\\d+) values hashing to ([0-9a-f]{32})");

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  Answer {
    lines = List.copyOf(lines);
  }

  /** What is wrong with the rows given; null if nothing is. */
  @Nullable String difference(Entry.Query query, List<List<@Nullable Object>> rows) {
    if (!rows.isEmpty() && rows.get(0).size() != query.types().length()) {
      return rows.get(0).size() + " columns instead of " + query.types().length();
    }
    List<String> values = values(query, rows);
    Matcher hashed = HASHED.matcher(lines.isEmpty() ? "" : lines.get(0));
    boolean same =
        hashed.matches()
            ? values.size() == Integer.parseInt(hashed.group(1))
                && hash(values).equals(hashed.group(2))
            : values.equals(lines);
    return same ? null : "gave " + start(values) + " instead of " + start(lines);
  }

  private static List<String> values(Entry.Query query, List<List<@Nullable Object>> rows) {
    List<List<String>> texts = new ArrayList<>();
    for (List<@Nullable Object> row : rows) {
      List<String> text = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        text.add(text(query.types().charAt(i), row.get(i)));
      }
      texts.add(text);
    }
    if (query.order() == Entry.Order.ROWSORT) {
      texts.sort(Answer::compareRows);
    }
    List<String> values = new ArrayList<>();
    texts.forEach(values::addAll);
    if (query.order() == Entry.Order.VALUESORT) {
      values.sort(Comparator.naturalOrder());
    }
    return values;
  }

  private static int compareRows(List<String> left, List<String> right) {
    for (int i = 0; i < left.size(); i++) {
      int compared = left.get(i).compareTo(right.get(i));
      if (compared != 0) {
        return compared;
      }
    }
    return 0;
  }

  private static String text(char type, @Nullable Object value) {
    if (value == null) {
      return "NULL";
    }
    if (type == 'T') {
      return value.toString().isEmpty() ? "(empty)" : value.toString();
    }
    if (value instanceof Boolean truth) {
      return truth ? "1" : "0";
    }
    BigDecimal number = number(value.toString());
    return type == 'I'
        ? number.setScale(0, RoundingMode.DOWN).toPlainString()
        : number.setScale(3, RoundingMode.HALF_UP).toPlainString();
  }

  /** The suite shows text in a column of numbers by the number it begins with, else as 0. */
  private static BigDecimal number(String value) {
    Matcher number = NUMBER.matcher(value);
    return number.lookingAt() ? new BigDecimal(number.group()) : BigDecimal.ZERO;
  }

  private static String hash(List<String> values) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      for (String value : values) {
        digest.update((value + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has MD5", e);
    }
  }

  private static String start(List<String> values) {
    return values.size() + " values " + values.subList(0, Math.min(12, values.size()));
  }
}
