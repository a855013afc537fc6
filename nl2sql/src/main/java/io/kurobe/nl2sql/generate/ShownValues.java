package io.kurobe.nl2sql.generate;

import io.kurobe.nl2sql.mschema.MSchema;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** The names and values a schema shows anyway: they need not be taken out of the question. */
public final class ShownValues implements Predicate<String> {
  private final Set<String> shown = new HashSet<>();

  public ShownValues(MSchema schema) {
    for (MSchema.Table table : schema.tables()) {
      add(table.place().source());
      add(table.place().schema());
      add(table.place().table());
      for (MSchema.Field field : table.fields()) {
        add(field.name());
        field.values().forEach(this::add);
      }
    }
  }

  private void add(String text) {
    shown.add(text.strip().toLowerCase(Locale.ROOT));
  }

  @Override
  public boolean test(String text) {
    return shown.contains(text.strip().toLowerCase(Locale.ROOT));
  }
}
