package io.kurobe.planner.fragment;

import static java.util.Objects.requireNonNull;

/**
 * A dynamic filter: a fragment needs only the rows whose column has a value that another relation
 * has too, which is known once that relation is there.
 *
 * @param fragment the fragment that waits
 * @param column its column, from 0
 * @param relation the relation whose values are the keys, staged or computed by the engine
 * @param key the column of keys in it
 * @param expectedRows how many rows the fragment was estimated to give without it
 * @param most beyond so many keys a list of them costs the source more than it saves
 */
public record KeyFilter(
    String fragment, int column, String relation, String key, double expectedRows, int most) {
  public KeyFilter {
    requireNonNull(fragment, "fragment is null");
    requireNonNull(relation, "relation is null");
    requireNonNull(key, "key is null");
  }
}
