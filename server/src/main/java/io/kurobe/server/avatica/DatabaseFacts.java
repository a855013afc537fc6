package io.kurobe.server.avatica;

import io.kurobe.planner.parser.Keywords;
import java.sql.Connection;
import java.util.EnumMap;
import java.util.Map;
import org.apache.calcite.avatica.Meta.DatabaseProperty;

/** What {@code DatabaseMetaData} says without looking at a catalog, to our driver too. */
final class DatabaseFacts {
  static final String VERSION = "0.1.0";

  /** What runs as {@code {fn …}}; each is called over every source by a test. */
  private static final String NUMERIC =
      "ABS,ACOS,ASIN,ATAN,ATAN2,CEILING,COS,COT,DEGREES,EXP,FLOOR,LOG,LOG10,MOD,PI,POWER,RADIANS,"
          + "RAND,ROUND,SIGN,SIN,SQRT,TAN,TRUNCATE";

  private static final String STRING =
      "ASCII,CHAR,CHAR_LENGTH,CHARACTER_LENGTH,CONCAT,INSERT,LCASE,LEFT,LENGTH,LOCATE,LTRIM,"
          + "OCTET_LENGTH,REPEAT,REPLACE,RIGHT,RTRIM,SPACE,SUBSTRING,UCASE";

  private static final String SYSTEM = "DATABASE,IFNULL,USER";

  private static final String TIME_DATE =
      "CURDATE,CURRENT_DATE,CURRENT_TIME,CURRENT_TIMESTAMP,CURTIME,DAYNAME,DAYOFMONTH,DAYOFWEEK,"
          + "DAYOFYEAR,HOUR,MINUTE,MONTH,MONTHNAME,NOW,QUARTER,SECOND,TIMESTAMPADD,TIMESTAMPDIFF,"
          + "WEEK,YEAR";

  private DatabaseFacts() {}

  static Map<DatabaseProperty, Object> properties() {
    Map<DatabaseProperty, Object> facts = new EnumMap<>(DatabaseProperty.class);
    facts.put(DatabaseProperty.GET_NUMERIC_FUNCTIONS, NUMERIC);
    facts.put(DatabaseProperty.GET_STRING_FUNCTIONS, STRING);
    facts.put(DatabaseProperty.GET_SYSTEM_FUNCTIONS, SYSTEM);
    facts.put(DatabaseProperty.GET_TIME_DATE_FUNCTIONS, TIME_DATE);
    facts.put(DatabaseProperty.GET_S_Q_L_KEYWORDS, String.join(",", Keywords.beyondTheStandard()));
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
