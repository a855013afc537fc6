package io.kurobe.planner.testing;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.Capabilities;
import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.Health;
import io.kurobe.adapters.source.ReadRequest;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.type.SqlType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.calcite.sql.SqlDialect;

/** A source that reads its catalog, and its rows, as a test says, and counts how often. */
public final class ScriptedSource implements Source {
  private final SourceConfig config;
  private final AtomicInteger readings = new AtomicInteger();
  private volatile Callable<CatalogMetadata> catalog;
  private volatile Function<ReadRequest, BatchStream> rows =
      request -> {
        throw new UnsupportedOperationException("nothing is read here");
      };

  public ScriptedSource(String name) {
    this.config = SourceConfig.ofPath(name, "scripted", "nowhere");
    this.catalog = () -> tables();
  }

  /** From now on the catalog is one schema {@code main} with these tables. */
  public void has(String... tables) {
    CatalogMetadata metadata = tables(tables);
    catalog = () -> metadata;
  }

  /** From now on reading the catalog fails. */
  public void isDown() {
    catalog =
        () -> {
          throw new KurobeException(
              ErrorCode.SOURCE_UNAVAILABLE, "source " + name() + " does not answer");
        };
  }

  /** From now on reading the catalog waits for the future. */
  public void waitsFor(CompletableFuture<CatalogMetadata> answer) {
    catalog = answer::get;
  }

  /** From now on the rows of a read are these. */
  public void reads(Function<ReadRequest, BatchStream> stream) {
    rows = stream;
  }

  /** How often the catalog was read, or tried to. */
  public int readings() {
    return readings.get();
  }

  /** Tables of one column {@code n}. */
  public static CatalogMetadata tables(String... names) {
    List<TableMetadata> tables =
        List.of(names).stream()
            .map(
                name ->
                    new TableMetadata(
                        name,
                        TableMetadata.Kind.TABLE,
                        Optional.empty(),
                        List.of(
                            new TableMetadata.Column(
                                "n",
                                SqlType.BIGINT,
                                true,
                                "bigint",
                                Optional.empty(),
                                Optional.empty())),
                        List.of(),
                        List.of(),
                        List.of(),
                        OptionalLong.empty()))
            .toList();
    return new CatalogMetadata(List.of(new SchemaMetadata("main", tables)));
  }

  @Override
  public SourceConfig config() {
    return config;
  }

  @Override
  public String defaultSchema() {
    return "main";
  }

  @Override
  public CatalogMetadata readCatalog() {
    readings.incrementAndGet();
    try {
      return catalog.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public SqlDialect dialect() {
    return io.kurobe.adapters.duckdb.DuckDbDialect.INSTANCE;
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.NONE;
  }

  @Override
  public BatchStream read(ReadRequest request) {
    return rows.apply(request);
  }

  @Override
  public Health health() {
    return Health.up("scripted");
  }

  @Override
  public void close() {}
}
