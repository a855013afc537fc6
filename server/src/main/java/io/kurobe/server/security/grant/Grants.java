package io.kurobe.server.security.grant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kurobe.planner.authorize.AccessControl;
import io.kurobe.planner.authorize.TableAccess;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.catalog.Views;
import io.kurobe.planner.command.Administration;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import io.kurobe.planner.system.SystemTables;
import io.kurobe.server.config.GrantSettings;
import io.kurobe.server.security.Roles;
import io.kurobe.server.security.grant.KnownTables.Known;
import io.kurobe.server.store.StateStore;
import io.kurobe.server.store.StoreWatch;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/**
 * Who may see what, from the state store and the configuration's file. Nobody sees what was not
 * granted. All of it is in memory: what a person may see of a table is looked up, and worked out
 * once after each change. Where several gateways share a store, each notices within a second or two
 * what another changed. Threads share it; whoever opened it closes it.
 */
public final class Grants implements AccessControl, Roles, AutoCloseable {
  private static final int MOST_ANSWERS = 200_000;
  private static final Set<String> OPEN_SCHEMAS = Set.of("jdbc", "runtime");

  private final RightsStore store;
  private final KnownUsers users;
  private final GrantStatements statements;
  private final Optional<StoreWatch> watch;
  private volatile Current current;
  private volatile KnownTables tables = KnownTables.NONE;

  private record Key(String user, Set<String> roles, TableName table) {}

  private record Answer(Known table, TableAccess access) {}

  private record Current(Rights rights, Cache<Key, Answer> answers) {
    static Current of(Rights rights) {
      return new Current(rights, Caffeine.newBuilder().maximumSize(MOST_ANSWERS).build());
    }
  }

  private Grants(RightsStore store, KnownUsers users, Clock clock) {
    this.store = store;
    this.users = users;
    this.current = Current.of(store.load());
    this.statements = new GrantStatements(this, users, clock);
    this.watch = StoreWatch.begin(store.isShared(), "rights", this::readAgain);
  }

  /**
   * Reads what is kept.
   *
   * @param users who can log in
   * @param configured what the configuration's file says
   */
  public static Grants open(
      StateStore store, KnownUsers users, GrantSettings configured, Clock clock) {
    return new Grants(new RightsStore(store, ConfiguredRights.of(configured)), users, clock);
  }

  /** Has the tables that rights are about. Until then nobody sees any. */
  public void attach(Catalog catalog, Views views, PolicyCheck policies) {
    attach(new CatalogTables(catalog, views, policies));
  }

  void attach(KnownTables known) {
    tables = known;
    current.answers().invalidateAll();
  }

  /** The statements about roles, grants, row filters and masks. */
  public Administration administration() {
    return statements;
  }

  KnownTables tables() {
    return tables;
  }

  Rights rights() {
    return current.rights();
  }

  @Override
  public TableAccess access(Session session, TableName table) {
    Principal principal = session.principal();
    if (table.source().equals(SystemTables.NAME)) {
      boolean seen =
          OPEN_SCHEMAS.contains(table.schema()) || principal.roles().contains(Rights.ADMIN);
      return seen ? TableAccess.ALL : TableAccess.NONE;
    }
    KnownTables known = tables;
    Optional<Known> found = known.find(table);
    if (found.isEmpty()) {
      return TableAccess.NONE;
    }
    Current now = current;
    var key = new Key(principal.name(), principal.roles(), table);
    Answer answer = now.answers().getIfPresent(key);
    if (answer == null || answer.table() != found.get()) {
      var rights = new TableRights(now.rights(), place -> Targets.exists(known, place));
      answer = new Answer(found.get(), rights.of(principal.name(), principal.roles(), found.get()));
      now.answers().put(key, answer);
    }
    return answer.access();
  }

  @Override
  public long version() {
    return current.rights().version();
  }

  @Override
  public Optional<Principal> principal(String name) {
    Optional<String> account = users.find(name).filter(name::equals);
    return account.isPresent() || current.rights().knows(name)
        ? Optional.of(principal(name, Set.of(), Map.of()))
        : Optional.empty();
  }

  /**
   * A user with the roles in force now; to be asked for each request.
   *
   * @param vouched roles that who vouches for the user says it has; those that there are not are
   *     left out
   */
  public Principal principal(String name, Collection<String> vouched, Map<String, String> claims) {
    return new Principal(name, current.rights().rolesOf(name, vouched), claims);
  }

  @Override
  public Set<String> of(String user, Set<String> vouched) {
    return current.rights().rolesOf(user, vouched);
  }

  @Override
  public boolean hasAdministrator() {
    return current.rights().hasAdministrator();
  }

  @Override
  public void makeAdministrator(String user) {
    statements.makeAdministrator(user);
  }

  @Override
  public void dropped(String user) {
    statements.forgetUser(user);
  }

  /** Changes rights; they hold for all that begins when this has returned. */
  synchronized void change(BiConsumer<Handle, Rights> work) {
    current = Current.of(store.change(work));
  }

  private void readAgain() {
    if (store.version() != current.rights().version()) {
      readChanged();
    }
  }

  private synchronized void readChanged() {
    current = Current.of(store.load());
  }

  @Override
  public void close() {
    watch.ifPresent(StoreWatch::close);
  }
}
