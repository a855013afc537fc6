package io.kurobe.nl2sql.prompt;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.error.NearestNames;
import io.kurobe.planner.privacy.Redaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a prompt with places: {@code {{name}}} is replaced, and what stands between {@code
 * {{#name}}} and {@code {{/name}}} is left out where the name has nothing. A line {@code [user]}
 * ends the standing instructions; without one all of it is asked. What is put into a place is never
 * read as template. Immutable.
 */
public final class PromptTemplate {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([#/]?)([a-z][a-z-]*)\\}\\}");
  private static final Pattern USER = Pattern.compile("(?m)^\\[user]\\R");
  private static final long MOST_BYTES = 1 << 20;

  /** Words, or a place, or a part that depends on a name. */
  private record Part(String text, @Nullable String place, @Nullable String onlyWith) {}

  private final List<Part> system;
  private final List<Part> user;

  private PromptTemplate(List<Part> system, List<Part> user) {
    this.system = system;
    this.user = user;
  }

  /**
   * A template that comes with Kurobe.
   *
   * @param beside a class of the package that the file is in
   * @param places the names it may use
   */
  public static PromptTemplate resource(Class<?> beside, String file, Set<String> places) {
    return parse(words(beside, file), file, places);
  }

  /** The text of a file that comes with Kurobe. */
  public static String words(Class<?> beside, String file) {
    try (InputStream in = beside.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("there is no " + file + " beside " + beside);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A template of the configuration's.
   *
   * @throws KurobeException CONFIGURATION if it cannot be read, or is none
   */
  public static PromptTemplate file(Path file, Set<String> places) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw wrong(file.toString(), "is too large for a prompt");
      }
      return parse(Files.readString(file), file.toString(), places);
    } catch (IOException e) {
      throw wrong(file.toString(), "cannot be read as text");
    }
  }

  static PromptTemplate parse(String text, String name, Set<String> places) {
    Matcher user = USER.matcher(text);
    return user.find()
        ? new PromptTemplate(
            parts(text.substring(0, user.start()), name, places),
            parts(text.substring(user.end()), name, places))
        : new PromptTemplate(List.of(), parts(text, name, places));
  }

  private static List<Part> parts(String text, String name, Set<String> places) {
    List<Part> parts = new ArrayList<>();
    Matcher place = PLACE.matcher(text);
    String open = null;
    int end = 0;
    while (place.find()) {
      String what = place.group(2);
      if (!places.contains(what)) {
        throw wrong(
            name,
            "has a place '"
                + what
                + "' that means nothing here"
                + NearestNames.of(what, places).stream()
                    .findFirst()
                    .map(nearest -> "; did you mean '" + nearest + "'?")
                    .orElse("; there are " + String.join(", ", places.stream().sorted().toList())));
      }
      parts.add(new Part(text.substring(end, place.start()), null, open));
      switch (place.group(1)) {
        case "#" -> {
          if (open != null) {
            throw wrong(name, "opens '" + what + "' inside of '" + open + "'");
          }
          open = what;
        }
        case "/" -> {
          if (!what.equals(open)) {
            throw wrong(name, "closes '" + what + "', which is not open");
          }
          open = null;
        }
        default -> parts.add(new Part("", what, open));
      }
      end = place.end();
    }
    if (open != null) {
      throw wrong(name, "does not close '" + open + "'");
    }
    parts.add(new Part(text.substring(end), null, null));
    return List.copyOf(parts);
  }

  private static KurobeException wrong(String name, String what) {
    return new KurobeException(ErrorCode.CONFIGURATION, "the prompt " + name + " " + what);
  }

  /**
   * The prompt with its places filled.
   *
   * @param redaction what takes personal values out; used by this thread meanwhile
   * @param pieces by name; a name that is missing has nothing
   */
  public Prompt fill(Redaction redaction, Map<String, Piece> pieces) {
    // What the user says comes first, so that its values are known wherever they stand.
    for (Piece piece : pieces.values()) {
      if (piece instanceof Piece.Asked asked) {
        redaction.question(asked.text());
      }
    }
    Redaction.Prompt first = redaction.prompt();
    fill(first, system, pieces);
    Redaction.Prompt second = redaction.prompt();
    fill(second, user, pieces);
    return new Prompt(first.seal(), second.seal());
  }

  private static void fill(Redaction.Prompt prompt, List<Part> parts, Map<String, Piece> pieces) {
    for (Part part : parts) {
      if (part.onlyWith() != null && given(pieces, part.onlyWith()).isEmpty()) {
        continue;
      }
      prompt.instructions(part.text());
      if (part.place() != null) {
        given(pieces, part.place()).ifPresent(piece -> add(prompt, piece));
      }
    }
  }

  private static Optional<Piece> given(Map<String, Piece> pieces, String name) {
    return Optional.ofNullable(pieces.get(name)).filter(piece -> !piece.text().isBlank());
  }

  private static void add(Redaction.Prompt prompt, Piece piece) {
    if (piece instanceof Piece.Words words) {
      prompt.instructions(words.text());
    } else if (piece instanceof Piece.Asked asked) {
      prompt.question(asked.text());
    } else {
      prompt.data(piece.text().replace("</", "< /"));
    }
  }
}
