package io.kurobe.planner.plan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kurobe.planner.catalog.ViewDefinition;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.SearchPathEntry;
import io.kurobe.planner.session.Session;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Queries that were planned, by everything their plans were made of. What differs between
 * executions is no part of a plan (the parameters' values, the current time, the user's name), so
 * that no answer depends on whether its plan was found here. A plan is believed for as long as the
 * statistics it was made of. Threads share it.
 */
final class PlanCache {
  /** As long as statistics are remembered. */
  private static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);

  /** A plan takes some memory whatever its text, and then some for each part of it. */
  private static final int CHARACTERS_OF_ANY = 2_000;

  private static final int MOST_CHARACTERS = 1_000_000;
  private static final int LONGEST_TEXT = 100_000;

  /**
   * What a plan depends on that is known before there is one. Types of parameters are not among it,
   * as they are derived from the statement.
   *
   * @param sql as {@link StatementText} normalises it, literals included
   * @param principal with its roles and claims
   * @param catalogVersion of the catalog that names are bound against
   * @param accessVersion of who may see what
   */
  record Key(
      String sql,
      Principal principal,
      ZoneId zone,
      List<SearchPathEntry> searchPath,
      Map<String, String> settings,
      long catalogVersion,
      long accessVersion) {
    static Key of(Session session, String sql, long catalogVersion, long accessVersion) {
      return new Key(
          StatementText.normalised(sql),
          session.principal(),
          session.zone(),
          session.searchPath(),
          session.settings(),
          catalogVersion,
          accessVersion);
    }
  }

  private record Kept(QueryPlan plan, List<ViewDefinition> views) {}

  private final Cache<Key, Kept> plans =
      Caffeine.newBuilder()
          .maximumWeight(MOST_CHARACTERS)
          .weigher((Key key, Kept kept) -> CHARACTERS_OF_ANY + key.sql().length())
          .expireAfterWrite(TIME_TO_LIVE)
          .build();

  /** The plan of a query, if it was kept and all views are as they were when it was made. */
  Optional<QueryPlan> find(Key key, List<ViewDefinition> views) {
    return Optional.ofNullable(plans.getIfPresent(key))
        .filter(kept -> kept.views().equals(views))
        .map(Kept::plan);
  }

  /**
   * Keeps a plan.
   *
   * @param views all views, as they were before it was made
   */
  void keep(Key key, List<ViewDefinition> views, QueryPlan plan) {
    if (key.sql().length() <= LONGEST_TEXT) {
      plans.put(key, new Kept(plan, List.copyOf(views)));
    }
  }

  /** Forgets all plans, as what they were made of is no longer believed. */
  void clear() {
    plans.invalidateAll();
  }
}
