package io.kurobe.driver;

import java.sql.Connection;
import java.util.Map;
import org.apache.calcite.avatica.Meta.DatabaseProperty;

/** The function and keyword lists of {@code DatabaseMetaData}; fixed with the grammar, so local. */
final class ServerFunctions {
  static final Map<DatabaseProperty, Object> PROPERTIES =
      Map.of(
          DatabaseProperty.GET_NUMERIC_FUNCTIONS,
          "ABS,ACOS,ASIN,ATAN,ATAN2,CEILING,COS,COT,DEGREES,EXP,FLOOR,LOG,LOG10,MOD,PI,POWER,"
              + "RADIANS,ROUND,SIGN,SIN,SQRT,TAN,TRUNCATE",
          DatabaseProperty.GET_STRING_FUNCTIONS,
          "CHAR_LENGTH,CONCAT,INSERT,LCASE,LEFT,LENGTH,LOCATE,LTRIM,POSITION,REPLACE,RIGHT,RTRIM,"
              + "SUBSTRING,UCASE",
          DatabaseProperty.GET_SYSTEM_FUNCTIONS,
          "IFNULL",
          DatabaseProperty.GET_TIME_DATE_FUNCTIONS,
          "CURRENT_DATE,CURRENT_TIME,CURRENT_TIMESTAMP,DAYOFMONTH,DAYOFWEEK,DAYOFYEAR,EXTRACT,HOUR,"
              + "MINUTE,MONTH,QUARTER,SECOND,TIMESTAMPADD,TIMESTAMPDIFF,WEEK,YEAR",
          DatabaseProperty.GET_S_Q_L_KEYWORDS,
          "ASK,EXPLAIN,FORGET,ILIKE,KILL,LIMIT,MSCHEMA,OFFSET,QUALIFY,REFRESH,SHOW,TEACH",
          DatabaseProperty.GET_DEFAULT_TRANSACTION_ISOLATION,
          Connection.TRANSACTION_NONE);

  private ServerFunctions() {}
}
