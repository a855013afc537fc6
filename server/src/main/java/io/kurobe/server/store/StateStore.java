package io.kurobe.server.store;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.conversation.ConversationStore;
import io.kurobe.nl2sql.model.TokenLedger;
import io.kurobe.planner.catalog.Comments;
import io.kurobe.planner.catalog.Views;
import io.kurobe.planner.memory.Memory;
import io.kurobe.planner.privacy.Classifications;
import io.kurobe.server.config.ServerSettings;
import io.kurobe.server.config.StateSettings;
import io.kurobe.server.statement.History;
import io.kurobe.server.store.Database.Survives;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * The gateway's state, which survives the process: in one SQLite file, or in a PostgreSQL that
 * several gateways may share. Threads share the store; whoever opened it closes it.
 */
public final class StateStore implements AutoCloseable {
  private final Database database;
  private final StoredViews views;
  private final GroupCommit writes;
  private final StoredClassifications classifications;
  private final StoredHistory history;
  private final AuditRecords auditRecords;
  private final StoredSecrets secrets;
  private final StoredTokens tokens;
  private final StoredMemory memory;
  private final StoredComments comments;
  private final StoredConversations conversations;
  private final Optional<HistoryJournal> journal;

  private StateStore(Database database, Optional<HistoryJournal> journal) {
    this.database = database;
    this.journal = journal;
    this.views = new StoredViews(this);
    this.classifications = new StoredClassifications(this);
    this.writes = new GroupCommit(this);
    this.history = new StoredHistory(this, writes, journal);
    this.auditRecords = new AuditRecords(this);
    this.secrets = new StoredSecrets(this);
    this.tokens = new StoredTokens(this);
    this.memory = new StoredMemory(this, writes);
    this.comments = new StoredComments(this);
    this.conversations = new StoredConversations(this, Clock.systemUTC());
  }

  /**
   * Opens the store that a configuration names, and brings its schema up to date.
   *
   * @throws KurobeException CONFIGURATION if it cannot be used
   */
  public static StateStore open(ServerSettings settings) {
    return settings.state().map(StateStore::open).orElseGet(() -> open(settings.data()));
  }

  /** Opens the store of a directory, which is made if it is not there. */
  static StateStore open(Path directory) {
    Database database = SqliteDatabase.open(directory);
    StateStore store = new StateStore(database, HistoryJournal.open(directory));
    store.history.takeUp();
    return store;
  }

  static StateStore open(StateSettings settings) {
    return new StateStore(PostgresDatabase.open(settings), Optional.empty());
  }

  /** Where views are kept. */
  public Views views() {
    return views;
  }

  /** Where it is kept what columns hold of persons. */
  public Classifications classifications() {
    return classifications;
  }

  /** Where finished statements are written down. */
  public History history() {
    return history;
  }

  /** Where it is kept what people say of tables and columns. */
  public Comments comments() {
    return comments;
  }

  /** Where it is kept what people taught and asked. */
  public Memory memory() {
    return memory;
  }

  /** Where it is kept what named conversations were about. */
  public ConversationStore conversations() {
    return conversations;
  }

  /** What the audit recorded. */
  public AuditRecords auditRecords() {
    return auditRecords;
  }

  /** Where secrets are kept, encrypted. */
  public StoredSecrets secrets() {
    return secrets;
  }

  /** Where it is counted what language models took. */
  public TokenLedger tokens() {
    return tokens;
  }

  GroupCommit writes() {
    return writes;
  }

  /** Whether other gateways may change it while this one has it open. */
  public boolean isShared() {
    return database.isShared();
  }

  /**
   * Does something with the database in one transaction; what it did survives the machine once this
   * has returned. The SQL is to be that of both databases.
   *
   * @throws KurobeException DISK_FULL, STATE_UNAVAILABLE or INTERNAL
   */
  public <T> T inTransaction(Function<Handle, T> work) {
    return inTransaction(Survives.A_LOST_MACHINE, work);
  }

  <T> T inTransaction(Survives survives, Function<Handle, T> work) {
    try {
      return database.inTransaction(survives, work);
    } catch (JdbiException e) {
      throw database.told(e);
    }
  }

  /** Writes what is still to be written, and closes the database. */
  @Override
  public void close() {
    writes.close();
    journal.ifPresent(HistoryJournal::close);
    database.close();
  }
}
