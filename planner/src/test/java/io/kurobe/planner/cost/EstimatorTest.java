package io.kurobe.planner.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kurobe.adapters.source.TableStatistics;
import io.kurobe.adapters.source.TableStatistics.ColumnStatistics;
import io.kurobe.adapters.source.TableStatistics.Range;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.Frameworks;
import org.apache.calcite.tools.RelBuilder;
import org.junit.jupiter.api.Test;

/** Estimates from statistics that are known to the digit. */
class EstimatorTest {
  private static final TableStatistics ORDERS =
      new TableStatistics(
          1_000,
          Map.of(
              "id", column(1_000, 0, 1, 1_000),
              "customer", column(100, 0, 1, 100),
              "total", column(500, 0.2, 0, 200)));
  private static final TableStatistics CUSTOMERS =
      new TableStatistics(100, Map.of("id", column(100, 0, 1, 100)));

  private final RelBuilder builder = builder();
  private final Estimator estimator =
      new Estimator(
          name ->
              switch (name.table()) {
                case "orders" -> Optional.of(ORDERS);
                case "customers" -> Optional.of(CUSTOMERS);
                default -> Optional.empty();
              });

  private static ColumnStatistics column(double distinct, double nulls, double low, double high) {
    return new ColumnStatistics(
        OptionalDouble.of(distinct),
        OptionalDouble.of(nulls),
        OptionalDouble.of(4),
        List.of(),
        Optional.of(new Range(low, high)));
  }

  private static RelBuilder builder() {
    SchemaPlus root = Frameworks.createRootSchema(false);
    SchemaPlus schema = root.add("shop", new AbstractSchema()).add("public", new AbstractSchema());
    schema.add("orders", table("id", "customer", "total"));
    schema.add("customers", table("id", "name"));
    schema.add("unknown", table("id"));
    return RelBuilder.create(Frameworks.newConfigBuilder().defaultSchema(root).build());
  }

  private static AbstractTable table(String... columns) {
    return new AbstractTable() {
      @Override
      public RelDataType getRowType(RelDataTypeFactory types) {
        RelDataTypeFactory.Builder row = types.builder();
        for (String column : columns) {
          row.add(column, SqlTypeName.INTEGER).nullable(true);
        }
        return row.build();
      }
    };
  }

  private RelBuilder scan(String table) {
    return builder.scan("shop", "public", table);
  }

  private double rows(RelNode node) {
    return estimator.of(node).rows();
  }

  @Test
  void aTableIsWhatItsStatisticsSay() {
    Estimate orders = estimator.of(scan("orders").build());
    assertThat(orders.rows()).isEqualTo(1_000);
    assertThat(orders.bytes()).isEqualTo(12_000);
    assertThat(orders.known()).isTrue();
    assertThat(estimator.of(scan("unknown").build()).known()).isFalse();
  }

  @Test
  void equalityLeavesOneOfTheDifferentValues() {
    scan("orders");
    RelNode one =
        builder.filter(builder.equals(builder.field("customer"), builder.literal(7))).build();
    assertThat(rows(one)).isCloseTo(10, within(1e-9));
    scan("orders");
    RelNode three =
        builder
            .filter(
                builder.in(
                    builder.field("customer"),
                    builder.literal(7),
                    builder.literal(8),
                    builder.literal(9)))
            .build();
    assertThat(rows(three)).isCloseTo(30, within(1e-9));
  }

  @Test
  void aRangeLeavesItsPartOfTheValues() {
    scan("orders");
    RelNode below =
        builder.filter(builder.lessThan(builder.field("total"), builder.literal(50))).build();
    assertThat(rows(below)).isCloseTo(250, within(1e-9));
    scan("orders");
    RelNode between =
        builder
            .filter(
                builder.between(builder.field("total"), builder.literal(50), builder.literal(100)))
            .build();
    assertThat(rows(between)).isCloseTo(250, within(1e-9));
    scan("orders");
    RelNode outside =
        builder.filter(builder.greaterThan(builder.field("total"), builder.literal(1_000))).build();
    assertThat(rows(outside)).isZero();
  }

  @Test
  void nullsAreCounted() {
    scan("orders");
    RelNode nulls = builder.filter(builder.isNull(builder.field("total"))).build();
    assertThat(rows(nulls)).isCloseTo(200, within(1e-9));
  }

  @Test
  void aJoinAlongAKeyHasTheRowsOfTheOtherSide() {
    RelNode joined =
        scan("orders")
            .scan("shop", "public", "customers")
            .join(
                JoinRelType.INNER,
                builder.call(
                    SqlStdOperatorTable.EQUALS,
                    builder.field(2, 0, "customer"),
                    builder.field(2, 1, "id")))
            .build();
    assertThat(rows(joined)).isCloseTo(1_000, within(1e-9));
  }

  @Test
  void groupsAreAsManyAsDifferentKeysButNoMoreThanRows() {
    RelNode groups =
        scan("orders").aggregate(builder.groupKey("customer"), builder.count()).build();
    assertThat(rows(groups)).isCloseTo(100, within(1e-9));
    RelNode pairs =
        scan("orders").aggregate(builder.groupKey("customer", "total"), builder.count()).build();
    assertThat(rows(pairs)).isEqualTo(1_000);
    RelNode one = scan("orders").aggregate(builder.groupKey(), builder.count()).build();
    assertThat(rows(one)).isEqualTo(1);
  }

  @Test
  void aLimitIsTheMost() {
    assertThat(rows(scan("orders").limit(0, 5).build())).isEqualTo(5);
  }
}
