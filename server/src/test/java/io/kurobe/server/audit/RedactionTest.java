package io.kurobe.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE USER ada PASSWORD 'hush'",
        "create user ada password'hush'",
        "ALTER USER ada PASSWORD 'hush''hush'",
        "ALTER USER ada PASSWORD E'hu\\'hush'",
        "ALTER USER ada PASSWORD U&'hush'",
        "ALTER USER ada PASSWORD /* ' is a quote */ 'hush' ENABLE",
        "ALTER USER ada PASSWORD -- it's\n 'hush'",
        "ALTER USER ada PASSWORD = 'hush'",
        "ALTER USER ada PASSWORD $$hush$$",
        "ALTER USER ada PASSWORD 'hush",
        "ALTER USER ada PASSWORD 'a' 'hush'",
        "ALTER USER password PASSWORD 'hush'",
        "CREATE USER a PASSWORD 'x'; CREATE USER b PASSWORD 'hush'"
      })
  void takesOutWhatStandsBehindPassword(String sql) {
    assertThat(Redaction.of(sql)).doesNotContain("hush").contains("'***'");
  }

  @Test
  void leavesOtherStatementsAlone() {
    for (String sql :
        new String[] {
          "SELECT password FROM t WHERE name = 'ada'",
          "SELECT 'password'",
          "",
          "SELECT 1 AS password",
          "DROP USER password"
        }) {
      assertThat(Redaction.of(sql)).isEqualTo(sql);
    }
    assertThat(Redaction.of("CREATE USER ada PASSWORD 'x'"))
        .isEqualTo("CREATE USER ada PASSWORD '***'");
  }
}
