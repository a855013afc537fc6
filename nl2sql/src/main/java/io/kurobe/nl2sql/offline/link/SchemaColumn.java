package io.kurobe.nl2sql.offline.link;

import io.kurobe.adapters.source.TableMetadata.Column;
import io.kurobe.nl2sql.offline.read.NameClass;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A column as questions meet it: its name in stems, and what its values are like. */
public final class SchemaColumn {
  /** What values are like, as far as questions care. */
  public enum Nature {
    TEXT,
    NUMBER,
    TIME,
    BOOLEAN,
    OTHER
  }

  private static final int LONGEST_ANSWER = 20;
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,15})?");
  private static final Pattern DATE =
      Pattern.compile("\\d{4}-[01]\\d-[0-3]\\d([ T][0-2]\\d:[0-5]\\d(:[0-5]\\d(\\.\\d+)?)?)?");

  private final SchemaTable table;
  private final Column metadata;
  private final List<String> words;
  private final NameClass.Of classes;
  private final Nature nature;
  private volatile Nature shown;
  private volatile boolean listed;
  private volatile @Nullable String affirmative;
  private boolean foreign;

  SchemaColumn(SchemaTable table, Column metadata, List<String> words) {
    this(table, metadata, List.copyOf(words), table.lexicon().classes(words));
  }

  private SchemaColumn(
      SchemaTable table, Column metadata, List<String> words, NameClass.Of classes) {
    this.table = table;
    this.metadata = metadata;
    this.words = words;
    this.classes = classes;
    this.nature =
        switch (metadata.type().kind()) {
          case CHAR, VARCHAR -> Nature.TEXT;
          case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL -> Nature.NUMBER;
          case DATE, TIMESTAMP, TIMESTAMP_TZ -> Nature.TIME;
          case BOOLEAN -> Nature.BOOLEAN;
          case NULL,
              VARBINARY,
              TIME,
              INTERVAL_YEAR_MONTH,
              INTERVAL_DAY_TIME,
              UUID,
              JSON,
              ARRAY,
              MAP,
              ROW ->
              Nature.OTHER;
        };
    this.shown = nature;
  }

  /** The column of the same table in a role. */
  SchemaColumn in(SchemaTable role) {
    var same = new SchemaColumn(role, metadata, words, classes);
    same.shown = shown;
    same.listed = listed;
    same.affirmative = affirmative;
    same.foreign = foreign;
    return same;
  }

  public SchemaTable table() {
    return table;
  }

  public String name() {
    return metadata.name();
  }

  /** The stems of the name's words, abbreviations expanded. */
  public List<String> words() {
    return words;
  }

  /** Whether its name is a word, or words, of a class. */
  public boolean is(NameClass name) {
    return classes.whole().contains(name);
  }

  /** Whether its name has a word of a class. */
  public boolean has(NameClass word) {
    return classes.within().contains(word);
  }

  /** Whether its name ends in a word, or words, of a class. */
  public boolean ends(NameClass with) {
    return classes.ends().contains(with);
  }

  /** What its values are, however they are stored. */
  public Nature nature() {
    return shown;
  }

  /** Whether all its values were looked at: a text that is none of them is not there. */
  public boolean listed() {
    return listed;
  }

  /** What its type says that its values are. */
  public Nature stored() {
    return nature;
  }

  /** By what its values say yes, where they say only yes or no. */
  public Optional<String> affirmative() {
    return Optional.ofNullable(affirmative);
  }

  /** Looks at all values of a column of text: they may be numbers or dates. */
  void look(List<String> values) {
    listed = !values.isEmpty();
    boolean answers =
        !values.isEmpty()
            && values.stream().allMatch(value -> says(value, WordClass.YES, WordClass.NO));
    affirmative =
        answers
            ? values.stream().filter(v -> says(v, WordClass.YES)).findFirst().orElse(null)
            : null;
    if (nature != Nature.TEXT || values.isEmpty() || identifier()) {
      return;
    }
    if (values.stream().allMatch(value -> NUMBER.matcher(value).matches())) {
      shown = Nature.NUMBER;
    } else if (values.stream().allMatch(value -> DATE.matcher(value).matches())) {
      shown = Nature.TIME;
    }
  }

  private boolean says(String value, WordClass... answers) {
    return value.length() <= LONGEST_ANSWER
        && table.lexicon().is(value.toLowerCase(Locale.ROOT), answers);
  }

  public Column metadata() {
    return metadata;
  }

  /** Whether it refers to another table. */
  public boolean foreign() {
    return foreign;
  }

  void markForeign() {
    foreign = true;
  }

  /** Whether it is a key, or looks like one: a number that nobody adds up. */
  public boolean identifier() {
    return foreign || table.key().contains(this) || ends(NameClass.ID) || ends(NameClass.CODE);
  }

  /** A number worth adding up or comparing. */
  public boolean measure() {
    return shown == Nature.NUMBER && !identifier();
  }

  @Override
  public String toString() {
    return table.name().table() + "." + name();
  }
}
