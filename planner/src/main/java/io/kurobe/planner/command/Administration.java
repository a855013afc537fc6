package io.kurobe.planner.command;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.parser.SecurityStatement;
import io.kurobe.planner.session.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What carries out statements about who may see what, and decides who may say them. Declared here
 * and implemented where users and rights are kept. Threads share it.
 */
public interface Administration {
  /** The columns that a statement gives; none if it gives no rows. */
  List<SqlType.Field> columns(SecurityStatement statement);

  /**
   * Carries out a statement; when it returns, what it changed holds for every statement that begins
   * then.
   *
   * @return the rows of {@link #columns}
   * @throws KurobeException NOT_ALLOWED if the session's principal may not say this
   */
  List<List<@Nullable Object>> run(Session session, SecurityStatement statement);

  /** Of a gateway that believes every name: there is nothing to administer. */
  Administration OPEN =
      new Administration() {
        @Override
        public List<SqlType.Field> columns(SecurityStatement statement) {
          throw new KurobeException(
                  ErrorCode.NOT_SUPPORTED, "this gateway is open: everyone may see everything")
              .withHint("set security: {mode: users} in the configuration");
        }

        @Override
        public List<List<@Nullable Object>> run(Session session, SecurityStatement statement) {
          columns(statement);
          return List.of();
        }
      };
}
