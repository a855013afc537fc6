package io.kurobe.server.config;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The section {@code security:}.
 *
 * @param mode how clients prove who they are
 * @param admin the first administrator, made when there is none
 * @param tokens whose tokens are believed; empty takes none
 * @param shortestPassword characters of a password at least
 * @param plaintext whether passwords may travel without TLS to a host that is not loopback
 * @param grants who sees what, beside what statements say
 */
public record SecuritySettings(
    Mode mode,
    Optional<FirstAdmin> admin,
    Optional<TokenSettings> tokens,
    int shortestPassword,
    boolean plaintext,
    GrantSettings grants) {
  /** How clients prove who they are. */
  public enum Mode {
    /** They do not: a name is believed, and everyone sees everything. */
    OPEN,
    /** By a password, an API key or a token. */
    USERS
  }

  /** Who may administer a gateway that nobody may administer yet. */
  public record FirstAdmin(String user, String password) {
    public FirstAdmin {
      requireNonNull(user, "user is null");
      requireNonNull(password, "password is null");
    }

    @Override
    public String toString() {
      return "FirstAdmin[user=" + user + "]";
    }
  }

  /** NIST SP 800-63B asks for no less. */
  public static final int SHORTEST_PASSWORD = 8;

  public static final SecuritySettings DEFAULT =
      new SecuritySettings(
          Mode.OPEN,
          Optional.empty(),
          Optional.empty(),
          SHORTEST_PASSWORD,
          false,
          GrantSettings.NONE);

  public SecuritySettings {
    requireNonNull(mode, "mode is null");
    requireNonNull(admin, "admin is null");
    requireNonNull(tokens, "tokens is null");
    requireNonNull(grants, "grants is null");
  }
}
