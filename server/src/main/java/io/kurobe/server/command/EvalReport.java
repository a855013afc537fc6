package io.kurobe.server.command;

import io.kurobe.nl2sql.evaluation.Scorecard;
import io.kurobe.nl2sql.evaluation.Scorecard.Coverage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The figures of an evaluation, as text and as HTML.
 *
 * @param together what all generators answered
 * @param alone what each answered by itself; empty if there is one only
 * @param parts of the questions, by name: kinds of known queries, folds of databases
 * @param misses what was not answered rightly
 * @param mended recorded queries that were wrong or failed as they were, and are right as they were
 *     understood
 * @param broken recorded queries that were right as they were, and are not any more
 */
record EvalReport(
    Scorecard together,
    Map<String, Scorecard> alone,
    Map<String, Scorecard> parts,
    List<Miss> misses,
    int mended,
    int broken) {
  private static final String STYLE =
      "body{font-family:sans-serif;max-width:70em;margin:2em auto;padding:0 1em}"
          + "table{border-collapse:collapse;margin:1em 0}"
          + "td,th{border-bottom:1px solid #ccc;padding:.3em .8em;text-align:left;"
          + "vertical-align:top}code{white-space:pre-wrap}";

  /** A question that was not answered rightly. */
  record Miss(String id, String question, String answer, double confidence) {
    static Miss of(EvalRun.Prediction prediction) {
      String answer = prediction.error() == null ? prediction.sql() : prediction.error();
      return new Miss(
          prediction.question().id(),
          prediction.question().question(),
          answer == null ? "" : answer,
          prediction.confidence());
    }
  }

  private record Table(String title, List<List<String>> rows) {}

  /** The figures, a line each. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Table table : tables()) {
      lines.add(table.title());
      int columns = table.rows().get(0).size();
      int[] widths = new int[columns];
      table
          .rows()
          .forEach(
              row -> {
                for (int i = 0; i < columns; i++) {
                  widths[i] = Math.max(widths[i], row.get(i).length());
                }
              });
      for (List<String> row : table.rows()) {
        var line = new StringBuilder(" ");
        for (int i = 0; i < columns; i++) {
          line.append(' ')
              .append(row.get(i))
              .append(" ".repeat(widths[i] - row.get(i).length() + 1));
        }
        lines.add(line.toString().stripTrailing());
      }
      lines.add("");
    }
    return lines;
  }

  /** The figures and what was not answered rightly, as a page that needs nothing else. */
  String html(String title) {
    var page = new StringBuilder();
    page.append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>")
        .append(escaped(title))
        .append("</title><style>")
        .append(STYLE)
        .append("</style><h1>")
        .append(escaped(title))
        .append("</h1>");
    for (Table table : tables()) {
      append(page, table);
    }
    if (!misses.isEmpty()) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("id", "question", "answer", "confidence"));
      misses.forEach(
          miss ->
              rows.add(
                  List.of(miss.id(), miss.question(), miss.answer(), number(miss.confidence()))));
      append(page, new Table("Not answered rightly", rows));
    }
    return page.append("</html>\n").toString();
  }

  private static void append(StringBuilder page, Table table) {
    page.append("<h2>").append(escaped(table.title())).append("</h2><table>");
    for (int i = 0; i < table.rows().size(); i++) {
      page.append("<tr>");
      String cell = i == 0 ? "th" : "td";
      table
          .rows()
          .get(i)
          .forEach(
              text ->
                  page.append('<')
                      .append(cell)
                      .append('>')
                      .append(escaped(text))
                      .append("</")
                      .append(cell)
                      .append('>'));
      page.append("</tr>");
    }
    page.append("</table>");
  }

  private List<Table> tables() {
    List<Table> tables = new ArrayList<>();
    List<List<String>> accuracy = new ArrayList<>();
    accuracy.add(
        List.of("who", "questions", "answered", "right", "accuracy", "p50 ms", "p95 ms", "tokens"));
    accuracy.add(row("together", together));
    alone.forEach((name, card) -> accuracy.add(row(name + " alone", card)));
    tables.add(new Table("Execution accuracy", accuracy));
    if (!parts.isEmpty()) {
      tables.add(new Table("By kind and fold", partRows()));
    }
    List<List<String>> believed = new ArrayList<>();
    believed.add(List.of("confidence", "answers", "of all questions", "right"));
    for (Coverage each : together.riskCoverage()) {
      believed.add(
          List.of(
              "at least " + number(each.confidence()),
              Long.toString(each.answers()),
              percent(each.coverage()),
              percent(each.accuracy())));
    }
    tables.add(new Table("What is right of what is believed", believed));
    List<List<String>> further = new ArrayList<>();
    further.add(List.of("figure", "value"));
    further.add(List.of("expected calibration error", number(together.calibrationError())));
    further.add(
        List.of(
            "answers mended on the way",
            together.repaired() + ", of them right " + together.repairedRight()));
    if (mended + broken > 0) {
      further.add(List.of("recorded queries made right", Integer.toString(mended)));
      further.add(List.of("recorded queries made wrong", Integer.toString(broken)));
    }
    tables.add(new Table("Further figures", further));
    return tables;
  }

  private List<List<String>> partRows() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("of", "questions", "right", "wrong", "refused"));
    Map<String, Scorecard> all = new LinkedHashMap<>(Map.of("all", together));
    all.putAll(parts);
    all.forEach(
        (name, card) -> {
          double questions = Math.max(1, card.questions());
          rows.add(
              List.of(
                  name,
                  Integer.toString(card.questions()),
                  percent(card.accuracy()),
                  percent((card.answered() - card.right()) / questions),
                  percent((card.questions() - card.answered()) / questions)));
        });
    return rows;
  }

  private static List<String> row(String name, Scorecard card) {
    return List.of(
        name,
        Integer.toString(card.questions()),
        Long.toString(card.answered()),
        Long.toString(card.right()),
        percent(card.accuracy()),
        Long.toString(Math.round(card.milliseconds(0.5))),
        Long.toString(Math.round(card.milliseconds(0.95))),
        Long.toString(card.tokens()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
