package io.kurobe.driver;

import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.AvaticaSeverity;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.MetaImpl;
import org.apache.calcite.avatica.MissingResultsException;
import org.apache.calcite.avatica.NoSuchConnectionException;
import org.apache.calcite.avatica.NoSuchStatementException;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.AvaticaRuntimeException;
import org.apache.calcite.avatica.remote.TypedValue;

/**
 * The server side of a test. Statements are a word and arguments: {@code numbers 12} gives so many
 * rows, {@code fail 42601 1001 message} fails, {@code block} runs until it is closed, {@code types}
 * gives one value of each type, and a prepared {@code echo ? ?} gives its parameters as text.
 */
final class ScriptedMeta extends MetaImpl {
  final Map<String, Map<String, String>> connections = new ConcurrentHashMap<>();
  final Map<Integer, Running> statements = new ConcurrentHashMap<>();
  final CountDownLatch blocked = new CountDownLatch(1);
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<String, ConnectionPropertiesImpl> properties = new ConcurrentHashMap<>();

  /** What the server knows of a statement. */
  static final class Running {
    final CountDownLatch closed = new CountDownLatch(1);
    volatile String sql = "";
    volatile List<Object> rows = List.of();
  }

  ScriptedMeta() {
    super(null);
  }

  @Override
  public void openConnection(ConnectionHandle ch, Map<String, String> info) {
    connections.put(ch.id, info);
    properties.put(ch.id, new ConnectionPropertiesImpl());
  }

  @Override
  public void closeConnection(ConnectionHandle ch) {
    connections.remove(ch.id);
  }

  @Override
  public ConnectionProperties connectionSync(ConnectionHandle ch, ConnectionProperties given) {
    if (!connections.containsKey(ch.id)) {
      throw new NoSuchConnectionException("no connection " + ch.id);
    }
    ConnectionPropertiesImpl known = properties.get(ch.id);
    known.merge(given);
    return known;
  }

  @Override
  public StatementHandle createStatement(ConnectionHandle ch) {
    if (!connections.containsKey(ch.id)) {
      throw new NoSuchConnectionException("no connection " + ch.id);
    }
    int id = ids.incrementAndGet();
    statements.put(id, new Running());
    return new StatementHandle(ch.id, id, null);
  }

  @Override
  public void closeStatement(StatementHandle h) {
    Running running = statements.remove(h.id);
    if (running != null) {
      running.closed.countDown();
    }
  }

  @Override
  public StatementHandle prepare(ConnectionHandle ch, String sql, long maxRowCount) {
    StatementHandle handle = createStatement(ch);
    running(handle).sql = sql;
    handle.signature = signature(sql);
    return handle;
  }

  @Override
  @SuppressWarnings("deprecation")
  public ExecuteResult prepareAndExecute(
      StatementHandle h, String sql, long maxRowCount, PrepareCallback callback) {
    return prepareAndExecute(h, sql, maxRowCount, -1, callback);
  }

  @Override
  public ExecuteResult prepareAndExecute(
      StatementHandle h, String sql, long maxRows, int firstFrame, PrepareCallback callback) {
    return run(h, sql, List.of());
  }

  @Override
  @SuppressWarnings("deprecation")
  public ExecuteResult execute(StatementHandle h, List<TypedValue> values, long maxRowCount) {
    return run(h, running(h).sql, values);
  }

  @Override
  public ExecuteResult execute(StatementHandle h, List<TypedValue> values, int firstFrame) {
    return run(h, running(h).sql, values);
  }

  private Running running(StatementHandle h) {
    Running running = statements.get(h.id);
    if (running == null) {
      throw error("26000", 1019, "no statement " + h.id);
    }
    return running;
  }

  private ExecuteResult run(StatementHandle h, String sql, List<TypedValue> values) {
    Running running = running(h);
    running.sql = sql;
    String[] words = sql.split(" ", 4);
    switch (words[0]) {
      case "fail" -> throw error(words[1], Integer.parseInt(words[2]), words[3]);
      case "block" -> {
        blocked.countDown();
        try {
          if (running.closed.await(30, TimeUnit.SECONDS)) {
            throw error("57014", 1015, "cancelled by the server");
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        throw error("XX000", 5002, "never cancelled");
      }
      case "numbers" -> running.rows = numbers(Integer.parseInt(words[1]));
      case "types" -> running.rows = List.of((Object) OneOfEach.ROW);
      case "echo" -> running.rows = List.of((Object) echo(values));
      default -> throw error("42601", 1001, "not understood: " + sql);
    }
    // The first frame is always empty, as a server does whose query takes its time.
    return new ExecuteResult(
        List.of(MetaResultSet.create(h.connectionId, h.id, false, signature(sql), Frame.MORE)));
  }

  @Override
  public Frame fetch(StatementHandle h, long offset, int fetchMaxRowCount)
      throws NoSuchStatementException, MissingResultsException {
    List<Object> rows = running(h).rows;
    int from = (int) offset;
    int to = Math.min(rows.size(), from + fetchMaxRowCount);
    return new Frame(offset, to == rows.size(), rows.subList(from, to));
  }

  @Override
  public boolean syncResults(StatementHandle sh, QueryState state, long offset) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ExecuteBatchResult prepareAndExecuteBatch(StatementHandle h, List<String> sql) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ExecuteBatchResult executeBatch(StatementHandle h, List<List<TypedValue>> values) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void commit(ConnectionHandle ch) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void rollback(ConnectionHandle ch) {
    throw new UnsupportedOperationException();
  }

  private static AvaticaRuntimeException error(String state, int number, String message) {
    return new AvaticaRuntimeException(message, number, state, AvaticaSeverity.ERROR);
  }

  private static List<Object> numbers(int count) {
    List<Object> rows = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      rows.add(List.of(i));
    }
    return rows;
  }

  private static List<Object> echo(List<TypedValue> values) {
    List<Object> row = new ArrayList<>();
    values.forEach(value -> row.add(value.type + ":" + value.value));
    return row;
  }

  private static Signature signature(String sql) {
    List<AvaticaParameter> parameters = new ArrayList<>();
    List<ColumnMetaData> columns = new ArrayList<>();
    int marks = (int) sql.chars().filter(c -> c == '?').count();
    for (int i = 0; i < marks; i++) {
      parameters.add(
          new AvaticaParameter(true, 0, 0, Types.OTHER, "ANY", Object.class.getName(), "?" + i));
      columns.add(column(i, "P" + (i + 1), Types.VARCHAR, "VARCHAR", Rep.STRING, 0));
    }
    if (sql.startsWith("numbers")) {
      columns.add(column(0, "N", Types.INTEGER, "INTEGER", Rep.INTEGER, 0));
    } else if (sql.startsWith("types")) {
      columns.addAll(OneOfEach.COLUMNS);
    }
    return Signature.create(columns, sql, parameters, CursorFactory.LIST, StatementType.SELECT);
  }

  private static ColumnMetaData column(
      int ordinal, String name, int type, String typeName, Rep rep, int scale) {
    return new ColumnMetaData(
        ordinal,
        false,
        true,
        true,
        false,
        1,
        true,
        10,
        name,
        name,
        "",
        0,
        scale,
        "",
        "",
        ColumnMetaData.scalar(type, typeName, rep),
        true,
        false,
        false,
        "");
  }

  /** One column and one value of each type, in Avatica's representation. */
  private static final class OneOfEach {
    static final List<Object> ROW =
        Arrays.asList(
            true,
            32000,
            5_000_000_000L,
            "12.5",
            0.25,
            "text",
            19_000,
            3_723_004,
            1_700_000_000_123L,
            "2024-03-31 02:30:00.123456",
            1_700_000_000_123L,
            "AQID",
            "6f1e3c5a-0b0f-4a35-9c1d-2f4e8f2a7b11",
            List.of(1, 2, 3),
            null);
    static final List<ColumnMetaData> COLUMNS =
        List.of(
            column(0, "B", Types.BOOLEAN, "BOOLEAN", Rep.BOOLEAN, 0),
            column(1, "S", Types.SMALLINT, "SMALLINT", Rep.SHORT, 0),
            column(2, "L", Types.BIGINT, "BIGINT", Rep.LONG, 0),
            column(3, "D", Types.DECIMAL, "DECIMAL", Rep.NUMBER, 2),
            column(4, "F", Types.DOUBLE, "DOUBLE", Rep.DOUBLE, 0),
            column(5, "T", Types.VARCHAR, "VARCHAR", Rep.STRING, 0),
            column(6, "DT", Types.DATE, "DATE", Rep.INTEGER, 0),
            column(7, "TM", Types.TIME, "TIME", Rep.INTEGER, 0),
            column(8, "TS", Types.TIMESTAMP, "TIMESTAMP", Rep.LONG, 0),
            column(9, "TX", Types.TIMESTAMP, "TIMESTAMP", Rep.STRING, 0),
            column(
                10, "TZ", Types.TIMESTAMP_WITH_TIMEZONE, "TIMESTAMP WITH TIME ZONE", Rep.LONG, 0),
            column(11, "BY", Types.VARBINARY, "VARBINARY", Rep.STRING, 0),
            column(12, "U", Types.OTHER, "UUID", Rep.STRING, 0),
            new ColumnMetaData(
                13,
                false,
                true,
                true,
                false,
                1,
                true,
                10,
                "A",
                "A",
                "",
                0,
                0,
                "",
                "",
                ColumnMetaData.array(
                    ColumnMetaData.scalar(Types.INTEGER, "INTEGER", Rep.INTEGER),
                    "INTEGER ARRAY",
                    Rep.ARRAY),
                true,
                false,
                false,
                ""),
            column(14, "N", Types.VARCHAR, "VARCHAR", Rep.STRING, 0));
  }

  @Override
  public Map<DatabaseProperty, Object> getDatabaseProperties(ConnectionHandle connection) {
    return Map.of(DatabaseProperty.GET_STRING_FUNCTIONS, "LCASE,SUBSTRING");
  }
}
