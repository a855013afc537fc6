package io.kurobe.nl2sql.mschema;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.nl2sql.mschema.MSchema.Field;
import io.kurobe.nl2sql.mschema.MSchema.Key;
import io.kurobe.nl2sql.mschema.MSchema.Place;
import io.kurobe.nl2sql.mschema.MSchema.Table;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The two forms of M-Schema. */
class MSchemaFormTest {
  private static final Place POWERS = new Place("heroes", "main", "superpower");
  private static final Place OWNED = new Place("heroes", "main", "hero_power");
  private static final Place VISITS = new Place("web", "log", "page, views");

  private static Field field(String name, String type, String... values) {
    return new Field(name, type, false, Optional.empty(), false, List.of(values));
  }

  private static MSchema heroes() {
    return new MSchema(
        "superhero",
        List.of(
            new Table(
                POWERS,
                Optional.of("powers a hero can have"),
                List.of(
                    new Field(
                        "id", "integer", false, Optional.empty(), true, List.of("1", "2", "3")),
                    new Field(
                        "power_name",
                        "text",
                        false,
                        Optional.of("the superpower name"),
                        false,
                        List.of("Agility", "Accelerated Healing")))),
            new Table(OWNED, Optional.empty(), List.of(field("power_id", "numeric(10,2)"))),
            new Table(VISITS, Optional.empty(), List.of(field("at:", "date")))),
        List.of(new Key(OWNED, "power_id", POWERS, "id"), new Key(VISITS, "at:", POWERS, "id")));
  }

  @Test
  void strictIsTheFormOfItsAuthors() {
    assertThat(MSchemaForm.STRICT.write(heroes()))
        .isEqualTo(
            """
            【DB_ID】 superhero
            【Schema】
            # Table: main.superpower, powers a hero can have
            [
            (id:INTEGER, Primary Key, Examples: [1, 2, 3]),
            (power_name:TEXT, the superpower name, Examples: [Agility, Accelerated Healing])
            ]
            # Table: main.hero_power
            [
            (power_id:NUMERIC)
            ]
            # Table: log.page, views
            [
            (at::DATE)
            ]
            【Foreign keys】
            main.hero_power.power_id=superpower.id\
            """);
  }

  @Test
  void federatedHasFullNamesAndKeysBetweenSources() {
    assertThat(MSchemaForm.FEDERATED.write(heroes()))
        .contains("# Table: heroes.main.superpower, powers a hero can have\n")
        .contains("# Table: web.log.\"page, views\"\n[\n(\"at:\":DATE)\n]")
        .endsWith(
            "heroes.main.hero_power.power_id=heroes.main.superpower.id\n"
                + "web.log.\"page, views\".\"at:\"=heroes.main.superpower.id");
  }

  @Test
  void showsThreeValuesOfWhichNoneIsPersonalOrLong() {
    assertThat(Examples.of(List.of("", "a", "b", "a", "c", "d"), false))
        .containsExactly("a", "b", "c");
    assertThat(Examples.of(List.of("2024-01-01", "2024-01-02"), true))
        .containsExactly("2024-01-01");
    assertThat(Examples.of(List.of("a", "ada@example.org"), false)).isEmpty();
    assertThat(Examples.of(List.of("a", "see http://example.org/x"), false)).isEmpty();
    assertThat(Examples.of(List.of("short", "x".repeat(21)), false)).containsExactly("short");
    assertThat(Examples.of(List.of("short", "x".repeat(51)), false)).isEmpty();
    assertThat(Examples.of(List.of("a", "b", "c", "x".repeat(51)), false))
        .containsExactly("a", "b", "c");
    assertThat(Examples.of(List.of(), false)).isEmpty();
  }
}
