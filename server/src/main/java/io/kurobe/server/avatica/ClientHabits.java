package io.kurobe.server.avatica;

import io.kurobe.server.avatica.AvaticaEndpoint.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * How a client of Avatica's protocol reads its answers.
 *
 * @param form how it reads values
 * @param asksAgain whether it asks again after a frame without rows that is not the last. Those for
 *     Python take it for an error and those for Go for the end of the rows, so they get none, and
 *     wait for as long as the statement may take.
 */
public record ClientHabits(WireForm form, boolean asksAgain) {
  /** In what clients that run on Java call themselves, whoever sends their requests. */
  private static final String JAVA = "Java/";

  /**
   * The habits of a request's client.
   *
   * @param wireHeader the header {@value WireForm#HEADER}; null if there is none
   * @param userAgent what the client calls itself; null if it does not say
   */
  public static ClientHabits of(
      Encoding encoding, @Nullable String wireHeader, @Nullable String userAgent) {
    return switch (encoding) {
      case JSON -> new ClientHabits(WireForm.of(wireHeader), true);
      // The exact form has text where protobuf's messages have numbers.
      case PROTOBUF ->
          new ClientHabits(WireForm.STOCK, userAgent != null && userAgent.contains(JAVA));
    };
  }
}
