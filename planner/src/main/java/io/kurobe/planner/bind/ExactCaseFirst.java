package io.kurobe.planner.bind;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.jspecify.annotations.Nullable;

/**
 * Matches names without regard to case, but prefers a field in exactly the case that was written.
 */
final class ExactCaseFirst implements SqlNameMatcher {
  static final ExactCaseFirst INSTANCE = new ExactCaseFirst();

  private final SqlNameMatcher ignoringCase = SqlNameMatchers.withCaseSensitive(false);

  private ExactCaseFirst() {}

  @Override
  public boolean isCaseSensitive() {
    return false;
  }

  @Override
  public boolean matches(String string, String name) {
    return ignoringCase.matches(string, name);
  }

  @Override
  public <K extends List<String>, V> @Nullable V get(
      Map<K, V> map, List<String> prefixNames, List<String> names) {
    return ignoringCase.get(map, prefixNames, names);
  }

  @Override
  public String bestString() {
    return ignoringCase.bestString();
  }

  @Override
  public @Nullable RelDataTypeField field(RelDataType rowType, String fieldName) {
    for (RelDataTypeField field : rowType.getFieldList()) {
      if (field.getName().equals(fieldName)) {
        return field;
      }
    }
    return ignoringCase.field(rowType, fieldName);
  }

  @Override
  public int frequency(Iterable<String> names, String name) {
    int exact = 0;
    for (String candidate : names) {
      exact += candidate.equals(name) ? 1 : 0;
    }
    return exact > 0 ? exact : ignoringCase.frequency(names, name);
  }

  @Override
  public Set<String> createSet() {
    return ignoringCase.createSet();
  }
}
