package io.kurobe.nl2sql.retrieve;

import static java.util.Objects.requireNonNull;

import io.kurobe.nl2sql.mschema.MSchema;

/**
 * What of the catalog a question seems to be about, as models may be told of it.
 *
 * @param precise the tables and columns that most likely suffice, with their keys
 * @param fuller those and what else is near: it holds {@code precise}
 */
public record LinkedSchema(MSchema precise, MSchema fuller) {
  public LinkedSchema {
    requireNonNull(precise, "precise is null");
    requireNonNull(fuller, "fuller is null");
  }
}
