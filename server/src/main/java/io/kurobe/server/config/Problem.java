package io.kurobe.server.config;

import static java.util.Objects.requireNonNull;

/**
 * One mistake in a configuration file. The message holds no secret.
 *
 * @param file the file's name
 * @param line where it is, from 1; 0 where it is the file itself
 * @param message what is wrong and what to do
 */
public record Problem(String file, int line, String message) {
  public Problem {
    requireNonNull(file, "file is null");
    requireNonNull(message, "message is null");
  }

  @Override
  public String toString() {
    return line == 0 ? file + ": " + message : file + ":" + line + ": " + message;
  }
}
