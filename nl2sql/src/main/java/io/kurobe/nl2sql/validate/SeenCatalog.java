package io.kurobe.nl2sql.validate;

import io.kurobe.nl2sql.scope.Scope;
import io.kurobe.planner.catalog.Relation;
import io.kurobe.planner.catalog.SourceCatalog;
import java.util.List;

/**
 * What a session sees of a catalog. Sources count by identity: each stays the same object while
 * what is seen of it does, and to compare all their tables would take longer than what this is for.
 */
record SeenCatalog(List<SourceCatalog> sources, List<Relation> relations, Scope scope) {
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof SeenCatalog that)
        || that.sources.size() != sources.size()
        || !that.scope.equals(scope)) {
      return false;
    }
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i) != that.sources.get(i)) {
        return false;
      }
    }
    return that.relations == relations || that.relations.equals(relations);
  }

  @Override
  public int hashCode() {
    int hash = scope.hashCode();
    for (SourceCatalog source : sources) {
      hash = 31 * hash + System.identityHashCode(source);
    }
    return hash;
  }
}
