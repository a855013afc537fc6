package io.kurobe.server.command;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The forms in which a result is printed. */
enum OutputFormat {
  TABLE {
    @Override
    ResultPrinter printer() {
      return new TablePrinter();
    }
  },
  CSV {
    @Override
    ResultPrinter printer() {
      return new CsvPrinter();
    }
  },
  JSON {
    @Override
    ResultPrinter printer() {
      return new JsonPrinter();
    }
  };

  abstract ResultPrinter printer();

  /** The form by its name in any case. */
  static final class Converter implements ITypeConverter<OutputFormat> {
    @Override
    public OutputFormat convert(String name) {
      for (OutputFormat format : values()) {
        if (format.name().equalsIgnoreCase(name)) {
          return format;
        }
      }
      throw new TypeConversionException(
          "'" + name.toLowerCase(Locale.ROOT) + "' is no format: expected table, csv or json");
    }
  }
}
