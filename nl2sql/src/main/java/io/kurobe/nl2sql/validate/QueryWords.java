package io.kurobe.nl2sql.validate;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * The parts a query is made of.
 *
 * @param columns lower-case last parts of its names
 * @param prefixes lower-case first parts of its two-part names, in the order met
 * @param functions upper-case names of what it calls
 */
record QueryWords(Set<String> columns, Set<String> prefixes, Set<String> functions) {
  static QueryWords of(SqlNode query) {
    var words = new QueryWords(new HashSet<>(), new HashSet<>(), new HashSet<>());
    query.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier name) {
            String last = name.names.get(name.names.size() - 1);
            words.columns().add(last.toLowerCase(Locale.ROOT));
            if (name.names.size() == 2) {
              words.prefixes().add(name.names.get(0).toLowerCase(Locale.ROOT));
            }
            return null;
          }

          @Override
          public @Nullable Void visit(SqlCall call) {
            words.functions().add(call.getOperator().getName().toUpperCase(Locale.ROOT));
            return super.visit(call);
          }
        });
    return words;
  }
}
