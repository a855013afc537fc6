package io.kurobe.server.security.account;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.command.Administration;
import io.kurobe.planner.parser.SecurityStatement;
import io.kurobe.planner.parser.SecurityStatement.CreateKey;
import io.kurobe.planner.parser.SecurityStatement.CreateUser;
import io.kurobe.planner.parser.SecurityStatement.DropKey;
import io.kurobe.planner.parser.SecurityStatement.DropUser;
import io.kurobe.planner.parser.SecurityStatement.EnableUser;
import io.kurobe.planner.parser.SecurityStatement.SetPassword;
import io.kurobe.planner.parser.SecurityStatement.Show;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import io.kurobe.server.security.Roles;
import io.kurobe.server.session.Scope;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the statements about users and API keys. Administrators may say all of them; others
 * change their own password and have keys of their own. Threads share it.
 */
final class AccountStatements implements Administration {
  private static final List<SqlType.Field> KEY = texts("api_key", "name", "user", "expires");
  private static final List<SqlType.Field> USERS =
      texts("user", "enabled", "password", "created", "api_keys");
  private static final List<SqlType.Field> KEYS =
      texts("name", "user", "id", "scopes", "created", "expires", "last_used", "state");

  private final Accounts accounts;
  private final PasswordCheck passwords;
  private final Roles roles;
  private final int shortestPassword;
  private final Clock clock;

  AccountStatements(
      Accounts accounts, PasswordCheck passwords, Roles roles, int shortestPassword, Clock clock) {
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.passwords = requireNonNull(passwords, "passwords is null");
    this.roles = requireNonNull(roles, "roles is null");
    this.shortestPassword = shortestPassword;
    this.clock = requireNonNull(clock, "clock is null");
  }

  private static List<SqlType.Field> texts(String... names) {
    return Arrays.stream(names)
        .map(name -> new SqlType.Field(name, SqlType.VARCHAR, true))
        .toList();
  }

  @Override
  public List<SqlType.Field> columns(SecurityStatement statement) {
    if (statement instanceof CreateKey) {
      return KEY;
    }
    if (statement instanceof Show show) {
      return show.kind() == Show.Kind.USERS ? USERS : KEYS;
    }
    return List.of();
  }

  @Override
  public List<List<@Nullable Object>> run(Session session, SecurityStatement statement) {
    Principal who = session.principal();
    if (statement instanceof CreateUser create) {
      requireAdmin(who, "to make users");
      Optional<String> hash = create.password().map(this::hash);
      accounts.create(create.name(), hash);
    } else if (statement instanceof SetPassword set) {
      if (!isOwn(who, set.name())) {
        requireAdmin(who, "to change the password of another");
      }
      String name = accounts.get(set.name()).name();
      accounts.setPassword(name, hash(set.password()));
    } else if (statement instanceof EnableUser enable) {
      requireAdmin(who, "to enable or disable users");
      refuseSelf(who, enable.name(), !enable.enabled());
      accounts.enable(enable.name(), enable.enabled());
    } else if (statement instanceof DropUser drop) {
      requireAdmin(who, "to drop users");
      refuseSelf(who, drop.name(), true);
      drop(drop);
    } else if (statement instanceof CreateKey create) {
      return List.of(create(session, create));
    } else if (statement instanceof DropKey drop) {
      drop(who, drop);
    } else if (statement instanceof Show show) {
      return show.kind() == Show.Kind.USERS ? users(who, show.of()) : keys(who, show.of());
    } else {
      throw new KurobeException(ErrorCode.INTERNAL, "this is no statement about accounts");
    }
    return List.of();
  }

  private static boolean isAdmin(Principal who) {
    return who.roles().contains(Roles.ADMIN);
  }

  private static void requireAdmin(Principal who, String what) {
    if (!isAdmin(who)) {
      throw new KurobeException(ErrorCode.NOT_ALLOWED, "not allowed " + what)
          .withHint("It takes the role " + Roles.ADMIN + ".");
    }
  }

  private static boolean isOwn(Principal who, String user) {
    return who.name().equalsIgnoreCase(user);
  }

  /** Whoever shut himself out could not undo it, and might have been the last administrator. */
  private static void refuseSelf(Principal who, String user, boolean shutsOut) {
    if (shutsOut && isOwn(who, user)) {
      throw new KurobeException(ErrorCode.NOT_ALLOWED, "nobody may shut out himself")
          .withHint("Have another administrator do it.");
    }
  }

  private String hash(String password) {
    if (password.codePointCount(0, password.length()) < shortestPassword) {
      throw new KurobeException(
          ErrorCode.INVALID_SETTING,
          "the password has fewer than " + shortestPassword + " characters");
    }
    return passwords.hash(password);
  }

  private void drop(DropUser drop) {
    if (drop.ifExists() && accounts.find(drop.name()).isEmpty()) {
      return;
    }
    String name = accounts.get(drop.name()).name();
    accounts.drop(name);
    roles.dropped(name);
  }

  private List<@Nullable Object> create(Session session, CreateKey create) {
    Principal who = session.principal();
    String user = create.user().orElse(who.name());
    if (!isOwn(who, user)) {
      requireAdmin(who, "to make an API key for another");
    }
    if (create.name().isBlank() || create.name().length() > 128) {
      throw new KurobeException(
          ErrorCode.INVALID_SETTING, "the name of an API key has 1 to 128 characters");
    }
    Set<Scope> scopes = scopes(create.scopes());
    Optional<Instant> expires =
        create.expires().map(text -> Expiry.of(text, clock.instant(), session.zone()));
    KeyText key = accounts.createKey(user, create.name(), scopes, expires);
    return Arrays.asList(key.written(), create.name(), accounts.get(user).name(), time(expires));
  }

  private static Set<Scope> scopes(List<String> words) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String word : words) {
      scopes.add(
          Scope.of(word)
              .orElseThrow(
                  () ->
                      new KurobeException(ErrorCode.INVALID_SETTING, "there is no scope " + word)
                          .withHint(
                              "Scopes are "
                                  + Stream.of(Scope.values())
                                      .map(Scope::word)
                                      .collect(Collectors.joining(", "))
                                  + ".")));
    }
    return scopes;
  }

  private void drop(Principal who, DropKey drop) {
    String user = drop.user().orElse(who.name());
    if (!isOwn(who, user)) {
      requireAdmin(who, "to drop an API key of another");
    }
    String owner = accounts.find(user).map(Account::name).orElse(user);
    Optional<ApiKey> key = accounts.findKey(owner, drop.name());
    if (key.isEmpty() && !drop.ifExists()) {
      throw new KurobeException(ErrorCode.UNKNOWN_OBJECT, owner + " has no API key " + drop.name());
    }
    key.ifPresent(accounts::dropKey);
  }

  private List<List<@Nullable Object>> users(Principal who, Optional<String> of) {
    return accounts.list().stream()
        .filter(account -> isAdmin(who) || isOwn(who, account.name()))
        .filter(account -> of.isEmpty() || account.name().equalsIgnoreCase(of.get()))
        .map(
            account ->
                Arrays.<@Nullable Object>asList(
                    account.name(),
                    account.enabled() ? "yes" : "no",
                    account.password().isPresent() ? "yes" : "no",
                    time(Optional.of(account.created())),
                    String.valueOf(accounts.keys(Optional.of(account.name())).size())))
        .toList();
  }

  private List<List<@Nullable Object>> keys(Principal who, Optional<String> of) {
    Instant now = clock.instant();
    return accounts.keys(Optional.empty()).stream()
        .filter(key -> isAdmin(who) || isOwn(who, key.user()))
        .filter(key -> of.isEmpty() || key.user().equalsIgnoreCase(of.get()))
        .map(
            key ->
                Arrays.<@Nullable Object>asList(
                    key.name(),
                    key.user(),
                    KeyText.PREFIX + key.id(),
                    key.scopes().stream()
                        .sorted()
                        .map(Scope::word)
                        .collect(Collectors.joining(", ")),
                    time(Optional.of(key.created())),
                    time(key.expires()),
                    time(key.lastUsed()),
                    key.isExpired(now) ? "expired" : "valid"))
        .toList();
  }

  private static @Nullable String time(Optional<Instant> time) {
    return time.map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse(null);
  }
}
