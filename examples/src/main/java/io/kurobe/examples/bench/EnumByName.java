package io.kurobe.examples.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an option whose value is the name of a constant, in any case. */
abstract class EnumByName<E extends Enum<E>> implements ITypeConverter<E> {
  private final Class<E> kind;

  EnumByName(Class<E> kind) {
    this.kind = kind;
  }

  @Override
  public final E convert(String name) {
    return Arrays.stream(kind.getEnumConstants())
        .filter(value -> value.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + name + "' is none of " + String.join(", ", labels())));
  }

  private List<String> labels() {
    return Arrays.stream(kind.getEnumConstants())
        .map(value -> value.name().toLowerCase(Locale.ROOT))
        .toList();
  }
}
