package io.kurobe.adapters.error;

/**
 * The closed list of errors a user can meet. The number is stable across releases; the SQLSTATE is
 * what JDBC clients see. Classes follow ISO 9075 and, where it is silent, PostgreSQL's; class KA is
 * ours.
 */
public enum ErrorCode {
  SYNTAX(1001, Category.USER, "42601"),
  UNKNOWN_TABLE(1002, Category.USER, "42P01"),
  UNKNOWN_COLUMN(1003, Category.USER, "42703"),
  UNKNOWN_SCHEMA(1004, Category.USER, "3F000"),
  UNKNOWN_SOURCE(1005, Category.USER, "3D000"),
  AMBIGUOUS_TABLE(1006, Category.USER, "42P09"),
  AMBIGUOUS_COLUMN(1007, Category.USER, "42702"),
  UNKNOWN_FUNCTION(1008, Category.USER, "42883"),
  TYPE_MISMATCH(1009, Category.USER, "42804"),
  INVALID_QUERY(1010, Category.USER, "42000"),
  GROUPING(1011, Category.USER, "42803"),
  NOT_ALLOWED(1012, Category.USER, "42501"),
  NOT_SUPPORTED(1013, Category.USER, "0A000"),
  AUTHENTICATION_FAILED(1014, Category.USER, "28000"),
  CANCELLED(1015, Category.USER, "57014"),
  MISSING_PARAMETER(1016, Category.USER, "07001"),
  DUPLICATE_TABLE(1017, Category.USER, "42P07"),
  INVALID_SETTING(1018, Category.USER, "22023"),
  NO_SUCH_STATEMENT(1019, Category.USER, "26000"),
  NO_SUCH_CONNECTION(1020, Category.USER, "08003"),
  MALFORMED_REQUEST(1021, Category.USER, "08P01"),
  UNKNOWN_QUERY(1022, Category.USER, "42704"),
  CIRCULAR_VIEW(1023, Category.USER, "42P17"),
  TLS_REQUIRED(1024, Category.USER, "08004"),
  DUPLICATE_OBJECT(1025, Category.USER, "42710"),
  UNKNOWN_OBJECT(1026, Category.USER, "42704"),
  CIRCULAR_ROLE(1027, Category.USER, "0LP01"),
  STILL_USED(1028, Category.USER, "2BP01"),

  DIVISION_BY_ZERO(1101, Category.USER, "22012"),
  NUMERIC_OUT_OF_RANGE(1102, Category.USER, "22003"),
  DATETIME_OUT_OF_RANGE(1103, Category.USER, "22008"),
  INVALID_TEXT_FORM(1104, Category.USER, "22P02"),
  MORE_THAN_ONE_ROW(1105, Category.USER, "21000"),
  DATA(1106, Category.USER, "22000"),
  CHARACTER_NOT_IN_REPERTOIRE(1107, Category.USER, "22021"),

  NOT_UNDERSTOOD(1201, Category.USER, "KA001"),
  AMBIGUOUS_QUESTION(1202, Category.USER, "KA002"),
  CONFIDENCE_TOO_LOW(1203, Category.USER, "KA003"),
  NOT_ANSWERABLE(1204, Category.USER, "KA004"),

  SOURCE_UNAVAILABLE(2001, Category.SOURCE, "HV00N"),
  SOURCE_FAILED(2002, Category.SOURCE, "HV000"),
  TABLE_ALTERED(2003, Category.SOURCE, "HV021"),

  MODEL_UNAVAILABLE(3001, Category.MODEL, "KA005"),

  TIMEOUT(4001, Category.RESOURCES, "57014"),
  OUT_OF_MEMORY(4002, Category.RESOURCES, "53200"),
  DISK_FULL(4003, Category.RESOURCES, "53100"),
  TOO_MANY_CONNECTIONS(4004, Category.RESOURCES, "53300"),
  LIMIT_EXCEEDED(4005, Category.RESOURCES, "53400"),
  STATEMENT_TOO_LARGE(4006, Category.RESOURCES, "54000"),
  SHUTTING_DOWN(4007, Category.RESOURCES, "57P01"),
  STATE_UNAVAILABLE(4008, Category.RESOURCES, "58000"),

  CONFIGURATION(5001, Category.INTERNAL, "F0000"),
  INTERNAL(5002, Category.INTERNAL, "XX000");

  /** Who can do something about an error. */
  public enum Category {
    USER,
    SOURCE,
    MODEL,
    RESOURCES,
    INTERNAL
  }

  private final int number;
  private final Category category;
  private final String sqlState;

  ErrorCode(int number, Category category, String sqlState) {
    this.number = number;
    this.category = category;
    this.sqlState = sqlState;
  }

  /** The stable number, unique among the codes. */
  public int number() {
    return number;
  }

  public Category category() {
    return category;
  }

  /** Five characters, ISO 9075 style. */
  public String sqlState() {
    return sqlState;
  }
}
