package io.kurobe.server;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.SourceCatalog;
import java.util.List;

/** Puts the federated planner together. */
final class FederatedPlannerFactory implements PlannerFactory {
  @Override
  public Built create(Parts parts) {
    return new Built(
        (session, sql) -> {
          throw new KurobeException(ErrorCode.NOT_SUPPORTED, "there is no planner yet");
        },
        session ->
            new CatalogSnapshot(
                0,
                parts.sources().stream()
                    .map(
                        source ->
                            new SourceCatalog(
                                source.config(), source.defaultSchema(), source.readCatalog()))
                    .toList(),
                List.of()));
  }
}
