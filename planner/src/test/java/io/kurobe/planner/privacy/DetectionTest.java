package io.kurobe.planner.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.planner.privacy.ColumnCorpus.Labelled;
import io.kurobe.planner.privacy.pattern.PersonalKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How much of what is personal is found, and how much of what is found is personal. The figures are
 * printed; {@code -Dkurobe.privacy.seed} makes another corpus.
 */
class DetectionTest {
  private static final int CORPORA = 5;
  private static final Set<PersonalKind> BY_PATTERN =
      Set.of(
          PersonalKind.EMAIL,
          PersonalKind.PHONE,
          PersonalKind.CARD,
          PersonalKind.IBAN,
          PersonalKind.NATIONAL_ID,
          PersonalKind.IP);

  /** Counts of columns of one kind. */
  private static final class Tally {
    int labelled;
    int right;
    int found;

    double recall() {
      return right / (double) Math.max(1, labelled);
    }

    double precision() {
      return right / (double) Math.max(1, found);
    }
  }

  private static final Map<PersonalKind, Tally> TALLIES = new EnumMap<>(PersonalKind.class);
  private static final Tally OPAQUE = new Tally();
  private static final List<String> MISTAKES = new ArrayList<>();

  @BeforeAll
  static void detect() {
    for (PersonalKind kind : PersonalKind.values()) {
      TALLIES.put(kind, new Tally());
    }
    long seed = Long.getLong("kurobe.privacy.seed", 7);
    int columns = 0;
    for (int i = 0; i < CORPORA; i++) {
      List<Labelled> corpus = new ColumnCorpus(seed + i).columns();
      columns += corpus.size();
      corpus.forEach(DetectionTest::count);
    }
    System.out.printf(
        Locale.ROOT, "%d columns, seeds %d to %d%n", columns, seed, seed + CORPORA - 1);
    TALLIES.forEach(
        (kind, tally) ->
            System.out.printf(
                Locale.ROOT,
                "%-12s %4d columns, recall %.3f, precision %.3f%n",
                kind.label(),
                tally.labelled,
                tally.recall(),
                tally.precision()));
  }

  private static void count(Labelled labelled) {
    Optional<PersonalKind> found =
        Detector.detect(labelled.table(), labelled.column(), labelled.values()).map(Finding::kind);
    labelled.label().ifPresent(kind -> TALLIES.get(kind).labelled++);
    found.ifPresent(kind -> TALLIES.get(kind).found++);
    boolean byPattern = labelled.label().filter(BY_PATTERN::contains).isPresent();
    if (byPattern && !labelled.helped()) {
      OPAQUE.labelled++;
    }
    if (labelled.label().equals(found)) {
      found.ifPresent(kind -> TALLIES.get(kind).right++);
      if (byPattern && !labelled.helped()) {
        OPAQUE.right++;
      }
    } else {
      MISTAKES.add(
          "%s taken for %s: column %s, such as %s"
              .formatted(
                  labelled.label().map(PersonalKind::label).orElse("nothing"),
                  found.map(PersonalKind::label).orElse("nothing"),
                  labelled.column().name(),
                  labelled.values().subList(0, 3)));
    }
  }

  private static Tally ofPatterns() {
    Tally sum = new Tally();
    BY_PATTERN.stream()
        .map(TALLIES::get)
        .forEach(
            tally -> {
              sum.labelled += tally.labelled;
              sum.right += tally.right;
              sum.found += tally.found;
            });
    return sum;
  }

  @Test
  void findsNineteenOfTwentyColumnsWhoseValuesHaveAForm() {
    System.out.printf(
        Locale.ROOT,
        "pattern kinds: recall %.3f, of columns whose name does not tell %.3f%n",
        ofPatterns().recall(),
        OPAQUE.recall());
    assertThat(ofPatterns().recall()).as("%s", MISTAKES).isGreaterThanOrEqualTo(0.95);
    BY_PATTERN.forEach(
        kind ->
            assertThat(TALLIES.get(kind).recall()).as(kind.label()).isGreaterThanOrEqualTo(0.9));
  }

  @Test
  void takesNoMoreThanOneOfTenForWhatItIsNot() {
    System.out.printf(Locale.ROOT, "pattern kinds: precision %.3f%n", ofPatterns().precision());
    assertThat(ofPatterns().precision()).as("%s", MISTAKES).isGreaterThanOrEqualTo(0.9);
    BY_PATTERN.forEach(
        kind ->
            assertThat(TALLIES.get(kind).precision())
                .as(kind.label())
                .isGreaterThanOrEqualTo(0.85));
  }

  @Test
  void findsMostNamesAddressesAndDatesOfBirth() {
    for (PersonalKind kind :
        List.of(PersonalKind.PERSON, PersonalKind.ADDRESS, PersonalKind.BIRTH_DATE)) {
      assertThat(TALLIES.get(kind).recall()).as(kind.label()).isGreaterThanOrEqualTo(0.8);
      assertThat(TALLIES.get(kind).precision()).as(kind.label()).isGreaterThanOrEqualTo(0.8);
    }
  }
}
