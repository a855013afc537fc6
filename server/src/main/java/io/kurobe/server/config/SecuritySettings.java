package io.kurobe.server.config;

import static java.util.Objects.requireNonNull;

/**
 * The section {@code security:}.
 *
 * @param mode how clients prove who they are
 */
public record SecuritySettings(Mode mode) {
  /** How clients prove who they are. */
  public enum Mode {
    /** They do not: a name is believed, and everyone sees everything. */
    OPEN
  }

  public static final SecuritySettings DEFAULT = new SecuritySettings(Mode.OPEN);

  public SecuritySettings {
    requireNonNull(mode, "mode is null");
  }
}
