package io.kurobe.server.security.grant;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.parser.SecurityStatement;
import io.kurobe.planner.parser.SecurityStatement.Grantee.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whom a written name means: a role by the name it was made with, or a user. */
record Grantees(KnownUsers users) {
  /**
   * The role or user of a name. A name alone must be known; of one that is known elsewhere, such as
   * to whoever signs tokens, the statement says that it is a user.
   */
  Grantee find(Rights rights, SecurityStatement.Grantee written) {
    if (written.kind().isPresent()) {
      return written.kind().get() == Kind.ROLE
          ? Grantee.role(role(rights, written.name()))
          : Grantee.user(users.find(written.name()).orElse(written.name()));
    }
    Optional<Role> role = rights.role(written.name());
    Optional<String> user = users.find(written.name());
    if (role.isPresent() && user.isPresent()) {
      throw new KurobeException(
              ErrorCode.INVALID_QUERY, written.name() + " is both a role and a user")
          .withHint("write ROLE or USER before the name");
    }
    return role.map(Role::name)
        .map(Grantee::role)
        .or(() -> user.map(Grantee::user))
        .orElseThrow(
            () ->
                new KurobeException(
                        ErrorCode.UNKNOWN_OBJECT, "there is no role and no user " + written.name())
                    .withHint("write USER before the name of one who is known elsewhere"));
  }

  /** The role of a name, as it was made. */
  String role(Rights rights, String written) {
    return rights.role(written).orElseThrow(() -> noRole(written)).name();
  }

  Set<String> roles(Rights rights, List<String> written) {
    return written.stream().map(name -> role(rights, name)).collect(Collectors.toSet());
  }

  static KurobeException noRole(String name) {
    return new KurobeException(ErrorCode.UNKNOWN_OBJECT, "there is no role " + name)
        .withHint("CREATE ROLE makes one");
  }
}
