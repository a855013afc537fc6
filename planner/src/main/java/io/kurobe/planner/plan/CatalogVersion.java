package io.kurobe.planner.plan;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.authorize.AccessControl;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.ViewDefinition;
import io.kurobe.planner.catalog.Views;
import java.util.List;
import java.util.UUID;

/**
 * A text that is another whenever metadata may be another, for anybody: the tables that were read,
 * who may see what, the views. No text comes twice, also not of two gateways or after a restart, so
 * that an answer between two that carry the same one is of that version. Threads share it.
 */
public final class CatalogVersion {
  private final String process = UUID.randomUUID().toString().substring(0, 13);
  private final Catalog catalog;
  private final AccessControl accessControl;
  private final Views views;

  // Guarded by this.
  private List<ViewDefinition> known = List.of();
  private long viewsVersion;

  /** Makes it; nothing that is passed in is closed by it. */
  public CatalogVersion(Catalog catalog, AccessControl accessControl, Views views) {
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.accessControl = requireNonNull(accessControl, "accessControl is null");
    this.views = requireNonNull(views, "views is null");
  }

  /** The version now; no source is waited for. */
  public String now() {
    return String.join(
        ".",
        process,
        Long.toString(catalog.versionOfRead()),
        Long.toString(accessControl.version()),
        Long.toString(viewsVersion(views.list())));
  }

  private synchronized long viewsVersion(List<ViewDefinition> list) {
    if (list != known && !list.equals(known)) {
      viewsVersion++;
    }
    known = list;
    return viewsVersion;
  }
}
