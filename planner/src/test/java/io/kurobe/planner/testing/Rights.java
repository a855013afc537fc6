package io.kurobe.planner.testing;

import io.kurobe.planner.authorize.AccessControl;
import io.kurobe.planner.authorize.TableAccess;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Rights by the names of tables, wherever they are, and of users. Whoever has none of his own for a
 * table sees all of it.
 */
public final class Rights implements AccessControl {
  private record Key(String user, String table) {}

  private final Map<Key, TableAccess> rights = new ConcurrentHashMap<>();
  private final Map<String, Principal> principals = new ConcurrentHashMap<>();
  private final AtomicLong version = new AtomicLong();

  /** Restricts what a user sees of the tables of a name. */
  public Rights restrict(String user, String table, TableAccess access) {
    rights.put(new Key(user, table), access);
    version.incrementAndGet();
    return this;
  }

  /** A user sees the rows of which a condition holds. */
  public Rights filter(String user, String table, String condition) {
    return restrict(user, table, new TableAccess(true, Set.of(), Optional.of(condition), Map.of()));
  }

  /** Makes somebody known. */
  public Rights know(Principal principal) {
    principals.put(principal.name(), principal);
    version.incrementAndGet();
    return this;
  }

  /** Forgets somebody. */
  public Rights forget(String user) {
    principals.remove(user);
    version.incrementAndGet();
    return this;
  }

  @Override
  public TableAccess access(Session session, TableName table) {
    return rights.getOrDefault(new Key(session.principal().name(), table.table()), TableAccess.ALL);
  }

  @Override
  public long version() {
    return version.get();
  }

  @Override
  public Optional<Principal> principal(String name) {
    return Optional.ofNullable(principals.get(name));
  }
}
