package io.kurobe.server;

import io.kurobe.adapters.embedded.DuckDbInstance;
import io.kurobe.adapters.source.Source;
import io.kurobe.nl2sql.conversation.ConversationStore;
import io.kurobe.nl2sql.model.ModelListener;
import io.kurobe.nl2sql.model.TokenLedger;
import io.kurobe.planner.Planner;
import io.kurobe.planner.PlannerListener;
import io.kurobe.planner.authorize.AccessControl;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.Comments;
import io.kurobe.planner.catalog.Views;
import io.kurobe.planner.command.Administration;
import io.kurobe.planner.memory.Memory;
import io.kurobe.planner.privacy.Classifications;
import io.kurobe.planner.session.Session;
import io.kurobe.planner.system.Activity;
import io.kurobe.server.config.Configuration;
import io.kurobe.server.security.grant.Grants;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;

/** Puts a planner together from what a gateway has. */
interface PlannerFactory {
  /**
   * What a gateway lends to its planner; nothing of it is closed by the planner.
   *
   * @param sources in the configuration's order
   * @param grants what decides who sees what, if anything does; wants to know the tables
   * @param activity what goes on in the gateway
   * @param listener hears what the steps of statements cost
   * @param tokens where it is counted what language models take
   * @param models hears what asking them costs
   */
  record Parts(
      Configuration configuration,
      List<Source> sources,
      DuckDbInstance duckDb,
      BufferAllocator allocator,
      Views views,
      AccessControl accessControl,
      Optional<Grants> grants,
      Administration administration,
      Classifications classifications,
      Memory memory,
      ConversationStore conversations,
      Comments comments,
      Activity activity,
      PlannerListener listener,
      TokenLedger tokens,
      ModelListener models) {}

  /**
   * A planner with what it plans against.
   *
   * @param catalog the catalog as a session's principal may see it, views among its sources
   * @param version another text whenever what is seen of the catalog may be another
   * @param stopping ends what runs in the background
   */
  record Built(
      Planner planner,
      Function<Session, CatalogSnapshot> catalog,
      Supplier<String> version,
      Runnable stopping)
      implements AutoCloseable {
    @Override
    public void close() {
      stopping.run();
    }
  }

  Built create(Parts parts);
}
