package io.kurobe.server.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.server.statement.Admission.Turn;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final List<String> begun = new ArrayList<>();

  private Turn enter(Admission admission, String user, String statement) {
    Turn turn = admission.enter(user);
    turn.come().thenRun(() -> begun.add(statement));
    return turn;
  }

  private static KurobeException refused(Admission admission, String user) {
    return catchThrowableOfType(KurobeException.class, () -> admission.enter(user));
  }

  @Test
  void thoseThatWaitBeginInTheirOrder() {
    Admission admission = new Admission(new AdmissionLimits(2, 0, 10, 0));
    Turn a = enter(admission, "ada", "a");
    Turn b = enter(admission, "bob", "b");
    enter(admission, "cat", "c");
    enter(admission, "ada", "d");
    enter(admission, "bob", "e");
    assertThat(begun).containsExactly("a", "b");
    b.leave();
    assertThat(begun).containsExactly("a", "b", "c");
    b.leave();
    assertThat(begun).containsExactly("a", "b", "c");
    a.leave();
    assertThat(begun).containsExactly("a", "b", "c", "d");
  }

  @Test
  void whoHasAllOfItsOwnAtWorkHoldsUpNobodyElse() {
    Admission admission = new Admission(new AdmissionLimits(3, 2, 10, 0));
    Turn first = enter(admission, "ada", "ada 1");
    enter(admission, "ada", "ada 2");
    enter(admission, "ada", "ada 3");
    enter(admission, "ada", "ada 4");
    Turn bob = enter(admission, "bob", "bob 1");
    assertThat(begun).containsExactly("ada 1", "ada 2", "bob 1");
    enter(admission, "bob", "bob 2");
    bob.leave();
    assertThat(begun).containsExactly("ada 1", "ada 2", "bob 1", "bob 2");
    first.leave();
    assertThat(begun).containsExactly("ada 1", "ada 2", "bob 1", "bob 2", "ada 3");
  }

  @Test
  void whoLeavesTheQueueMakesRoomInIt() {
    Admission admission = new Admission(new AdmissionLimits(1, 0, 1, 0));
    Turn working = enter(admission, "ada", "a");
    Turn waiting = enter(admission, "ada", "b");
    assertThat(refused(admission, "bob").getMessage())
        .isEqualTo("there are already 1 statements at work, and 1 wait for others to end");
    waiting.leave();
    enter(admission, "bob", "c");
    working.leave();
    assertThat(begun).containsExactly("a", "c");
  }

  @Test
  void refusalsNameTheLimitThatWasMet() {
    Admission none = new Admission(new AdmissionLimits(1, 0, 0, 0));
    none.enter("ada");
    assertThat(refused(none, "ada").code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    assertThat(refused(none, "ada").getMessage())
        .isEqualTo("there are already 1 statements at work");
    assertThat(refused(none, "ada").hint().orElseThrow())
        .endsWith("raise limits.running or limits.queued.");

    Admission perUser = new Admission(new AdmissionLimits(9, 1, 9, 1));
    perUser.enter("ada");
    perUser.enter("ada");
    assertThat(refused(perUser, "ada").getMessage())
        .isEqualTo(
            "there are already 1 statements of 'ada' at work, and 1 of 'ada' wait for others to"
                + " end");
    assertThat(refused(perUser, "ada").hint().orElseThrow())
        .endsWith("raise limits.runningPerUser or limits.queuedPerUser.");
    perUser.enter("bob");
  }

  /** As when there are no threads to begin on: each leaves in the moment of its turn. */
  @Test
  void manyThatFailToBeginAreToldOneAfterTheOther() {
    int many = 50_000;
    Admission admission = new Admission(new AdmissionLimits(1, 0, many, 0));
    Turn first = admission.enter("ada");
    int[] failed = new int[1];
    for (int i = 0; i < many; i++) {
      Turn turn = admission.enter("ada");
      turn.come()
          .thenRun(
              () -> {
                failed[0]++;
                turn.leave();
              });
    }
    first.leave();
    assertThat(failed[0]).isEqualTo(many);
    assertThat(admission.enter("ada").come()).isCompleted();
  }
}
