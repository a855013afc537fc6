package io.kurobe.server.semantic;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads another tool's semantic layer, and tells which tool's it is. */
public final class LayerImport {
  private LayerImport() {}

  /**
   * Reads a layer.
   *
   * @param source the source that has its tables
   * @param schema their schema there
   * @throws KurobeException CONFIGURATION if the text is no layer of a known form
   */
  public static Layer of(String yaml, String source, String schema) {
    Object read;
    try {
      read = new org.yaml.snakeyaml.Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      throw new KurobeException(
          ErrorCode.CONFIGURATION, "line " + line + ": not YAML: " + e.getProblem(), e);
    } catch (YAMLException e) {
      throw new KurobeException(ErrorCode.CONFIGURATION, "it is not YAML text", e);
    }
    String prefix = source + "." + schema + ".";
    if (read instanceof Map<?, ?> file) {
      if (file.containsKey("semantic_models")
          || file.containsKey("metrics") && !file.containsKey("tables")) {
        return DbtLayer.of(file, prefix);
      }
      if (file.containsKey("tables")) {
        return SnowflakeLayer.of(file, prefix);
      }
    }
    throw new KurobeException(ErrorCode.CONFIGURATION, "it is no semantic layer of a known form")
        .withHint("known are dbt's semantic_models and metrics, and Snowflake's tables");
  }
}
