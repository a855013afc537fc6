package io.kurobe.server.avatica;

import java.sql.Connection;
import java.util.EnumMap;
import java.util.Map;
import org.apache.calcite.avatica.Meta.DatabaseProperty;

/** What {@code DatabaseMetaData} says without looking at a catalog. */
final class DatabaseFacts {
  static final String VERSION = "0.1.0";

  private DatabaseFacts() {}

  static Map<DatabaseProperty, Object> properties() {
    Map<DatabaseProperty, Object> facts = new EnumMap<>(DatabaseProperty.class);
    facts.put(
        DatabaseProperty.GET_NUMERIC_FUNCTIONS,
        "ABS,ACOS,ASIN,ATAN,ATAN2,CEILING,COS,COT,DEGREES,EXP,FLOOR,LOG,LOG10,MOD,PI,POWER,RADIANS,"
            + "ROUND,SIGN,SIN,SQRT,TAN,TRUNCATE");
    facts.put(
        DatabaseProperty.GET_STRING_FUNCTIONS,
        "ASCII,CHAR_LENGTH,CONCAT,LCASE,LEFT,LENGTH,LOCATE,LTRIM,POSITION,REPEAT,REPLACE,RIGHT,"
            + "RTRIM,SUBSTRING,UCASE");
    facts.put(DatabaseProperty.GET_SYSTEM_FUNCTIONS, "IFNULL,USER");
    facts.put(
        DatabaseProperty.GET_TIME_DATE_FUNCTIONS,
        "CURDATE,CURTIME,DAYOFMONTH,EXTRACT,HOUR,MINUTE,MONTH,NOW,QUARTER,SECOND,TIMESTAMPADD,"
            + "TIMESTAMPDIFF,YEAR");
    facts.put(
        DatabaseProperty.GET_S_Q_L_KEYWORDS,
        "ASK,EXPLAIN,FORGET,ILIKE,KILL,LIMIT,MSCHEMA,SHOW,TEACH");
    facts.put(DatabaseProperty.GET_DEFAULT_TRANSACTION_ISOLATION, Connection.TRANSACTION_NONE);
    facts.put(DatabaseProperty.GET_DRIVER_NAME, "Kurobe JDBC driver");
    facts.put(DatabaseProperty.GET_DRIVER_VERSION, VERSION);
    facts.put(DatabaseProperty.GET_DRIVER_MAJOR_VERSION, 0);
    facts.put(DatabaseProperty.GET_DRIVER_MINOR_VERSION, 1);
    facts.put(DatabaseProperty.GET_DATABASE_PRODUCT_NAME, "Kurobe");
    facts.put(DatabaseProperty.GET_DATABASE_PRODUCT_VERSION, VERSION);
    facts.put(DatabaseProperty.GET_DATABASE_MAJOR_VERSION, 0);
    facts.put(DatabaseProperty.GET_DATABASE_MINOR_VERSION, 1);
    return facts;
  }
}
