package io.kurobe.planner.fragment;

import io.kurobe.adapters.source.CollateOperator;
import io.kurobe.adapters.source.Types;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The ORDER BY of a query that is written for a source which must be told how text is ordered. */
final class OrderKeys {
  private static final SqlParserPos HERE = SqlParserPos.ZERO;

  private final SqlSelect select;
  private final CollateOperator collation;

  OrderKeys(SqlSelect select, CollateOperator collation) {
    this.select = select;
    this.collation = collation;
  }

  /** Names the collation of each key of the sort that is text; the query has one item for each. */
  void collate(Sort sort) {
    List<RelFieldCollation> keys = sort.getCollation().getFieldCollations();
    if (keys.stream().noneMatch(key -> Types.isText(type(sort, key)))) {
      return;
    }
    SqlNodeList items = select.getOrderList();
    if (items == null || items.size() != keys.size()) {
      throw new IllegalStateException("an order of " + keys + " was written as " + items);
    }
    List<SqlNode> collated = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      boolean text = Types.isText(type(sort, keys.get(i)));
      collated.add(text ? collate(items.get(i)) : items.get(i));
    }
    select.setOrderBy(new SqlNodeList(collated, HERE));
  }

  private static RelDataType type(Sort sort, RelFieldCollation key) {
    return sort.getRowType().getFieldList().get(key.getFieldIndex()).getType();
  }

  private SqlNode collate(SqlNode item) {
    if (item instanceof SqlCall call && call.getOperator() == collation) {
      return item;
    }
    return switch (item.getKind()) {
      case DESCENDING, NULLS_FIRST, NULLS_LAST ->
          ((SqlCall) item).getOperator().createCall(HERE, collate(((SqlCall) item).operand(0)));
      default -> collation.createCall(HERE, value(item));
    };
  }

  /** What an item orders by: an expression may not name a column by its place. */
  private SqlNode value(SqlNode item) {
    if (!(item instanceof SqlNumericLiteral place)) {
      return item;
    }
    SqlNode selected = select.getSelectList().get(place.intValue(true) - 1);
    return selected.getKind() == SqlKind.AS ? ((SqlCall) selected).operand(0) : selected;
  }
}
