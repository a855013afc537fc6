package io.kurobe.server.avatica;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.MetaDataOperation;
import org.jspecify.annotations.Nullable;

/**
 * A question of {@code DatabaseMetaData} as Avatica describes what a statement is at. Clients ask
 * so for what Avatica has no message for, such as keys, and fetch the statement's rows then.
 */
record MetadataState(MetaDataOperation operation, List<Optional<Object>> arguments) {
  /** The question in the state of a statement; empty if the statement runs SQL. */
  static Optional<MetadataState> of(QueryState state) {
    if (state.type != QueryState.StateType.METADATA || state.metaDataOperation == null) {
      return Optional.empty();
    }
    Object[] arguments = state.operationArgs == null ? new Object[0] : state.operationArgs;
    return Optional.of(
        new MetadataState(
            state.metaDataOperation, Arrays.stream(arguments).map(Optional::ofNullable).toList()));
  }

  MetadataRows.Result answer(MetadataRows rows) {
    return switch (operation) {
      case GET_CATALOGS -> rows.catalogs();
      case GET_SCHEMAS -> rows.schemas(null, null);
      case GET_SCHEMAS_WITH_ARGS -> rows.schemas(text(0), text(1));
      case GET_TABLES -> rows.tables(text(0), text(1), text(2), texts(3));
      case GET_TABLE_TYPES -> rows.tableTypes();
      case GET_TYPE_INFO -> rows.typeInfo();
      case GET_COLUMNS -> rows.columns(text(0), text(1), text(2), text(3));
      case GET_PRIMARY_KEYS -> rows.primaryKeys(text(0), text(1), text(2));
      case GET_IMPORTED_KEYS -> rows.foreignKeys(null, null, null, text(0), text(1), text(2), "pk");
      case GET_EXPORTED_KEYS -> rows.foreignKeys(text(0), text(1), text(2), null, null, null, "fk");
      case GET_CROSS_REFERENCE ->
          rows.foreignKeys(text(0), text(1), text(2), text(3), text(4), text(5), "fk");
      case GET_INDEX_INFO -> rows.indexes(text(0), text(1), text(2), isTrue(3));
      default ->
          throw new KurobeException(
                  ErrorCode.NOT_SUPPORTED, operation + " is not answered by Avatica's messages")
              .withHint("Ask the relations of system.jdbc in SQL.");
    };
  }

  private Optional<Object> argument(int number) {
    return number < arguments.size() ? arguments.get(number) : Optional.empty();
  }

  private @Nullable String text(int number) {
    return argument(number).map(Object::toString).orElse(null);
  }

  private boolean isTrue(int number) {
    return argument(number).filter(Boolean.TRUE::equals).isPresent();
  }

  private @Nullable List<String> texts(int number) {
    return argument(number)
        .map(
            value ->
                value instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.of(value.toString()))
        .orElse(null);
  }
}
