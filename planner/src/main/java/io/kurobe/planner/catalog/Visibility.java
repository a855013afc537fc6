package io.kurobe.planner.catalog;

import io.kurobe.planner.session.Session;

/** What of a catalog a session may see. */
public interface Visibility {
  /** The catalog without what is hidden from the session's principal. */
  CatalogSnapshot of(CatalogSnapshot whole, Session session);
}
