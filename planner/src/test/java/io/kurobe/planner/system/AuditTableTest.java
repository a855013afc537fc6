package io.kurobe.planner.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.planner.authorize.AccessControl;
import io.kurobe.planner.authorize.TableAccess;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.session.Limits;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuditTableTest {
  private static final TableName LOG = new TableName("system", "audit", "log");

  private static Session session(String... roles) {
    return new Session(
        "s",
        new Principal("ada", Set.of(roles)),
        ZoneOffset.UTC,
        List.of(),
        Limits.DEFAULT,
        Map.of());
  }

  @Test
  void isForItsRolesWhateverIsGranted() {
    AccessControl everythingGranted = (session, table) -> TableAccess.ALL;
    AccessControl nothingGranted = (session, table) -> TableAccess.NONE;
    for (AccessControl granted : List.of(everythingGranted, nothingGranted)) {
      AccessControl access = SystemTables.open(granted);
      assertThat(access.access(session(), LOG).visible()).isFalse();
      assertThat(access.access(session("analyst"), LOG).visible()).isFalse();
      assertThat(access.access(session("auditor"), LOG).visible()).isTrue();
      assertThat(access.access(session("admin", "analyst"), LOG).visible()).isTrue();
    }
  }

  @Test
  void givesNoRowToOthers() {
    Activity activity =
        new Activity() {
          @Override
          public List<StatementActivity> statements() {
            return List.of();
          }

          @Override
          public List<ConnectionActivity> connections() {
            return List.of();
          }

          @Override
          public List<AuditRecord> audit() {
            return List.of(
                new AuditRecord("c", 1, Instant.EPOCH, "LOGIN", Map.of("rows", "2"), "h"));
          }

          @Override
          public boolean stop(String queryId, io.kurobe.adapters.error.KurobeException reason) {
            return false;
          }
        };
    SystemTable.Rows rows = AuditTable.of(activity).rows();
    assertThat(rows.seenBy(new Viewer(session("analyst"), false))).isEmpty();
    assertThat(rows.seenBy(new Viewer(session("auditor"), false)))
        .singleElement()
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .contains("c", 1L, Instant.EPOCH, "LOGIN", 2L, "h");
  }
}
