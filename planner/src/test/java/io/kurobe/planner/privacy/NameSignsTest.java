package io.kurobe.planner.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.privacy.pattern.PersonalKind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What comments say of columns whose names say nothing. */
class NameSignsTest {
  private static Optional<PersonalKind> kind(String comment) {
    var column =
        new TableMetadata.Column(
            "how_seen", SqlType.VARCHAR, true, "text", Optional.of(comment), Optional.empty());
    return NameSigns.of("visits", column).map(Finding::kind);
  }

  @Test
  void whatAColumnIsSaidToBeIsPersonalAndWhatItListsIsNot() {
    assertThat(kind("phone, if given")).contains(PersonalKind.PHONE);
    assertThat(kind("phone of the visitor")).contains(PersonalKind.PHONE);
    assertThat(kind("phone, mobile or fax")).isPresent();
    assertThat(kind("phone, desktop or tablet")).isEmpty();
  }
}
