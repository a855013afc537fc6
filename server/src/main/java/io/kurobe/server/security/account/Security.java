package io.kurobe.server.security.account;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.command.Administration;
import io.kurobe.server.config.SecuritySettings;
import io.kurobe.server.config.SecuritySettings.FirstAdmin;
import io.kurobe.server.security.Authenticator;
import io.kurobe.server.security.Roles;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounts of a gateway in mode users, put together.
 *
 * @param authenticator believes nobody without proof
 * @param administration carries out the statements about users and keys
 */
public record Security(
    Accounts accounts, Authenticator authenticator, Administration administration) {
  private static final Logger LOG = LoggerFactory.getLogger(Security.class);

  public Security {
    requireNonNull(accounts, "accounts is null");
    requireNonNull(authenticator, "authenticator is null");
    requireNonNull(administration, "administration is null");
  }

  /**
   * Puts them together, and makes the first administrator if there is none.
   *
   * @throws KurobeException CONFIGURATION if nobody could ever log in
   */
  public static Security of(SecuritySettings settings, AccountBook book, Roles roles, Clock clock) {
    Accounts accounts = new Accounts(book, clock);
    PasswordCheck passwords = new PasswordCheck(new PasswordHash(), new Throttle(clock));
    settings.admin().ifPresent(admin -> bootstrap(admin, accounts, passwords, roles));
    if (accounts.list().isEmpty() && settings.tokens().isEmpty()) {
      throw new KurobeException(ErrorCode.CONFIGURATION, "there is no user who could log in")
          .withHint("Set security: {admin: {user: …, password: …}}.");
    }
    return new Security(
        accounts,
        new Authentication(accounts, passwords, settings.tokens().map(Tokens::of), roles, clock),
        new AccountStatements(accounts, passwords, roles, settings.shortestPassword(), clock));
  }

  private static void bootstrap(
      FirstAdmin admin, Accounts accounts, PasswordCheck passwords, Roles roles) {
    if (roles.hasAdministrator()) {
      return;
    }
    if (accounts.find(admin.user()).isEmpty()) {
      try {
        accounts.create(admin.user(), Optional.of(passwords.hash(admin.password())));
        LOG.info("made the first administrator, {}", admin.user());
      } catch (KurobeException e) {
        // Another gateway that starts at the same time may have been first.
        if (e.code() != ErrorCode.DUPLICATE_OBJECT) {
          throw e;
        }
        accounts.readAgain();
      }
    }
    roles.makeAdministrator(accounts.get(admin.user()).name());
  }

  /** The name of a user as it was made; empty if there is none, or it is disabled. */
  public Optional<String> user(String name) {
    return accounts.find(name).filter(Account::enabled).map(Account::name);
  }
}
