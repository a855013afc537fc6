package io.kurobe.nl2sql;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.nl2sql.evaluation.RowComparison;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.question.BoundQuestion;
import io.kurobe.planner.question.Probe;
import io.kurobe.planner.question.QuestionSupport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;

/**
 * A planner's support that runs each bound query once, so that many draws of the same are quick.
 */
final class RememberedProbes implements QuestionSupport {
  private final QuestionSupport planner;
  private final Map<BoundQuestion, Object> known = new IdentityHashMap<>();
  private final Map<Integer, List<Probe>> bySize = new HashMap<>();

  RememberedProbes(QuestionSupport planner) {
    this.planner = planner;
  }

  @Override
  public CatalogSnapshot catalog() {
    return planner.catalog();
  }

  @Override
  public SqlNode parse(String sql) {
    return planner.parse(sql);
  }

  @Override
  public List<SqlType.Field> validate(SqlNode query) {
    return planner.validate(query);
  }

  @Override
  public List<String> frequentValues(TableName table, String column) {
    return planner.frequentValues(table, column);
  }

  @Override
  public BoundQuestion bind(SqlNode query) {
    return planner.bind(query);
  }

  @Override
  public Optional<Probe> probe(
      SqlNode query, BoundQuestion bound, int mostRows, Duration patience) {
    Object seen =
        known.computeIfAbsent(
            bound,
            each -> {
              try {
                Probe probe =
                    planner.probe(query, bound, mostRows, Duration.ofSeconds(10)).orElseThrow();
                return first(probe);
              } catch (KurobeException e) {
                return e;
              }
            });
    if (seen instanceof KurobeException failure) {
      throw failure;
    }
    return Optional.of((Probe) seen);
  }

  /** One probe for all that give the same rows. */
  private Probe first(Probe probe) {
    List<Probe> alike = bySize.computeIfAbsent(probe.rows().size(), size -> new ArrayList<>());
    for (Probe other : alike) {
      if (RowComparison.same(other.rows(), probe.rows(), false)) {
        return other;
      }
    }
    alike.add(probe);
    return probe;
  }
}
