package io.kurobe.server.store;

/** What texts have to be like so that both databases keep them. */
public final class Texts {
  private static final char REPLACEMENT = '\uFFFD';

  private Texts() {}

  /** The text without the character 0, which PostgreSQL does not keep, and no longer than this. */
  public static String storable(String text, int most) {
    String shown = text.indexOf('\0') < 0 ? text : text.replace('\0', REPLACEMENT);
    if (shown.length() <= most) {
      return shown;
    }
    // Half of a pair of surrogates is no character.
    int end = Character.isHighSurrogate(shown.charAt(most - 1)) ? most - 1 : most;
    return shown.substring(0, end);
  }
}
