package io.kurobe.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import schemacrawler.schema.Catalog;
import schemacrawler.schema.Column;
import schemacrawler.schema.ForeignKey;
import schemacrawler.schema.Index;
import schemacrawler.schema.NamedObject;
import schemacrawler.schema.Schema;
import schemacrawler.schema.Table;
import schemacrawler.schemacrawler.LoadOptionsBuilder;
import schemacrawler.schemacrawler.SchemaCrawlerOptions;
import schemacrawler.schemacrawler.SchemaCrawlerOptionsBuilder;
import schemacrawler.schemacrawler.SchemaInfoLevelBuilder;
import schemacrawler.tools.utility.SchemaCrawlerUtility;
import us.fatehi.utility.datasource.DatabaseConnectionSource;
import us.fatehi.utility.datasource.DatabaseConnectionSources;
import us.fatehi.utility.datasource.MultiUseUserCredentials;

/**
 * SchemaCrawler, which knows nothing of Kurobe and asks {@code DatabaseMetaData} for all it has.
 */
@ExtendWith(RunningDemo.Extension.class)
class SchemaCrawlerIT {
  /** Kept, because the JDK forgets the level of a logger that nobody has. */
  private static final List<Logger> ITS_LOGGERS =
      List.of(Logger.getLogger("schemacrawler"), Logger.getLogger("us.fatehi"));

  private static Catalog catalog;

  @BeforeAll
  static void crawl(RunningDemo demo) throws Exception {
    ITS_LOGGERS.forEach(logger -> logger.setLevel(Level.WARNING));
    SchemaCrawlerOptions everything =
        SchemaCrawlerOptionsBuilder.newSchemaCrawlerOptions()
            .withLoadOptions(
                LoadOptionsBuilder.builder()
                    .withSchemaInfoLevel(SchemaInfoLevelBuilder.maximum())
                    .toOptions());
    try (DatabaseConnectionSource connections =
        DatabaseConnectionSources.newDatabaseConnectionSource(
            demo.url(), new MultiUseUserCredentials("ada", ""))) {
      catalog = SchemaCrawlerUtility.getCatalog(connections, everything);
    }
  }

  private static Table table(String schema, String name) {
    return catalog.getTables().stream()
        .filter(table -> table.getName().equals(name))
        .filter(table -> schema.equals(table.getSchema().getFullName()))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> names(Stream<? extends NamedObject> objects) {
    return objects.map(NamedObject::getName).toList();
  }

  @Test
  void findsWhatEverySourceHas() {
    assertThat(catalog.getSchemas().stream().map(Schema::getFullName))
        .containsExactlyInAnyOrder("shop.public", "web.main");
    assertThat(names(catalog.getTables().stream()))
        .hasSize(18)
        .contains("orders", "customers", "web_sessions", "page_views");
  }

  @Test
  void findsColumnsAndTheirTypes() {
    Table customers = table("shop.public", "customers");
    assertThat(names(customers.getColumns().stream()))
        .startsWith("id", "first_name", "last_name", "email");
    Column amount = table("shop.public", "orders").lookupColumn("total_amount").orElseThrow();
    assertThat(amount.getColumnDataType().getName()).isEqualTo("DECIMAL");
    assertThat(amount.getSize()).isEqualTo(12);
    assertThat(amount.getDecimalDigits()).isEqualTo(2);
    assertThat(amount.isNullable()).isFalse();
    assertThat(catalog.getTables().stream().flatMap(table -> table.getColumns().stream()))
        .allMatch(column -> column.isColumnDataTypeKnown());
  }

  @Test
  void findsKeysAndIndexes() {
    Table items = table("shop.public", "order_items");
    assertThat(names(items.getPrimaryKey().getConstrainedColumns().stream()))
        .containsExactly("order_id", "line_number");
    assertThat(items.getImportedForeignKeys().stream().map(ForeignKey::getReferencedTable))
        .extracting(Objects::toString)
        .containsExactlyInAnyOrder("shop.public.orders", "shop.public.products");
    assertThat(table("shop.public", "countries").getIndexes().stream()).anyMatch(Index::isUnique);
  }
}
