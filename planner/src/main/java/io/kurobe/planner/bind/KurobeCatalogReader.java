package io.kurobe.planner.bind;

import java.util.List;
import java.util.Properties;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataTypeFactory;

/** Looks names up in a {@link SchemaTree} along its paths. */
final class KurobeCatalogReader extends CalciteCatalogReader {
  KurobeCatalogReader(
      CalciteSchema root, List<List<String>> paths, RelDataTypeFactory typeFactory) {
    super(root, ExactCaseFirst.INSTANCE, paths, typeFactory, config());
  }

  private static CalciteConnectionConfigImpl config() {
    Properties properties = new Properties();
    properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
    return new CalciteConnectionConfigImpl(properties);
  }
}
