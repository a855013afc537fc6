package io.kurobe.server.security.account;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.session.Principal;
import io.kurobe.server.security.Authenticator;
import io.kurobe.server.security.BasicCredentials;
import io.kurobe.server.security.Roles;
import io.kurobe.server.session.Caller;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Believes nobody without proof: {@code security: {mode: users}}. A user's name with the password
 * or with an API key in its place (basic authentication), or an API key or a token (bearer). What
 * is wrong is not told apart. Threads share it.
 */
public final class Authentication implements Authenticator {
  private static final String BEARER = "bearer ";
  private static final int LONGEST_PASSWORD = 1_000;

  private final Accounts accounts;
  private final PasswordCheck passwords;
  private final Optional<Tokens> tokens;
  private final Roles roles;
  private final Clock clock;

  Authentication(
      Accounts accounts,
      PasswordCheck passwords,
      Optional<Tokens> tokens,
      Roles roles,
      Clock clock) {
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.passwords = requireNonNull(passwords, "passwords is null");
    this.tokens = requireNonNull(tokens, "tokens is null");
    this.roles = requireNonNull(roles, "roles is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public Caller authenticate(Optional<String> authorization, String address) {
    if (authorization.isEmpty()) {
      throw new KurobeException(
              ErrorCode.AUTHENTICATION_FAILED, "the gateway asks who you are, and for proof")
          .withHint("Connect with user and password, an API key or a token.");
    }
    String header = authorization.get();
    if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return bearer(header.substring(BEARER.length()).strip(), address);
    }
    BasicCredentials basic = BasicCredentials.of(header).orElseThrow(Authentication::refused);
    return basic.password().startsWith(KeyText.PREFIX)
        ? keyInPlaceOfPassword(basic, address)
        : password(basic, address);
  }

  private Caller bearer(String proof, String address) {
    if (proof.startsWith(KeyText.PREFIX)) {
      return key(proof, address).orElseThrow(Authentication::refused);
    }
    Tokens believed = tokens.orElseThrow(Authentication::refused);
    Tokens.Claims claims = believed.verify(proof);
    String name =
        accounts.find(claims.user()).map(account -> enabled(account).name()).orElse(claims.user());
    return Caller.of(
        new Principal(name, roles.of(name, claims.roles()), claims.carried()), address);
  }

  /** A password may begin like a key; what is no key's text is one. */
  private Caller keyInPlaceOfPassword(BasicCredentials basic, String address) {
    if (KeyText.of(basic.password()).isEmpty()) {
      return password(basic, address);
    }
    return key(basic.password(), address)
        .filter(
            caller ->
                basic.user().isEmpty() || basic.user().equalsIgnoreCase(caller.principal().name()))
        .orElseThrow(Authentication::refused);
  }

  private Optional<Caller> key(String text, String address) {
    Optional<KeyText> shown = KeyText.of(text);
    Optional<ApiKey> key =
        shown
            .flatMap(known -> accounts.key(known.id()))
            .filter(kept -> shown.get().matches(kept.digest()))
            .filter(kept -> !kept.isExpired(clock.instant()));
    return key.flatMap(kept -> accounts.find(kept.user()))
        .map(
            account -> {
              String name = enabled(account).name();
              accounts.used(key.get());
              return new Caller(
                  new Principal(name, roles.of(name, Set.of()), Map.of()),
                  Optional.of(key.get().id()),
                  key.get().scopes(),
                  address);
            });
  }

  private Caller password(BasicCredentials basic, String address) {
    if (!BasicCredentials.isName(basic.user()) || basic.password().length() > LONGEST_PASSWORD) {
      throw refused();
    }
    Optional<Account> account = accounts.find(basic.user());
    String asked = account.map(Account::name).orElse(basic.user());
    if (!passwords.isRight(asked, basic.password(), account.flatMap(Account::password), address)) {
      throw refused();
    }
    String name = enabled(account.orElseThrow(Authentication::refused)).name();
    return Caller.of(new Principal(name, roles.of(name, Set.of())), address);
  }

  private static Account enabled(Account account) {
    if (!account.enabled()) {
      throw new KurobeException(ErrorCode.AUTHENTICATION_FAILED, "the user is disabled");
    }
    return account;
  }

  private static KurobeException refused() {
    return new KurobeException(
        ErrorCode.AUTHENTICATION_FAILED, "the user, the password, the key or the token is wrong");
  }
}
