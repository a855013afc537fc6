package io.kurobe.nl2sql.generate;

import io.kurobe.nl2sql.mschema.MSchema;
import io.kurobe.nl2sql.retrieve.LinkedSchema;
import java.util.List;

/** Which of the two linked schemas a generator shows its model. */
public enum SchemaChoice {
  PRECISE,
  FULLER,
  /** One after the other, each with as many candidates. */
  BOTH;

  List<MSchema> of(LinkedSchema linked) {
    return switch (this) {
      case PRECISE -> List.of(linked.precise());
      case FULLER -> List.of(linked.fuller());
      case BOTH ->
          linked.precise().equals(linked.fuller())
              ? List.of(linked.fuller())
              : List.of(linked.precise(), linked.fuller());
    };
  }
}
