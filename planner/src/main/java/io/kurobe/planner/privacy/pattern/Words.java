package io.kurobe.planner.privacy.pattern;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lists of words among the resources: words apart by blanks, {@code #} begins a comment. */
public final class Words {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  private Words() {}

  /**
   * The text of a resource.
   *
   * @param owner the class beside which it lies
   */
  public static String text(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name + " beside " + owner.getName());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Set<String> of(String name) {
    return text(Words.class, name)
        .lines()
        .map(line -> line.replaceFirst("#.*", ""))
        .flatMap(line -> Arrays.stream(line.strip().split("\\s+")))
        .filter(Predicate.not(String::isEmpty))
        .map(Words::folded)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** A text in lower case and without accents, as words are compared. */
  public static String folded(String text) {
    String lower =
        text.toLowerCase(Locale.ROOT).replace("ß", "ss").replace("ł", "l").replace("ø", "o");
    return MARKS.matcher(Normalizer.normalize(lower, Normalizer.Form.NFD)).replaceAll("");
  }
}
