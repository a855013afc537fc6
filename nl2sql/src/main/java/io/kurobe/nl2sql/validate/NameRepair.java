package io.kurobe.nl2sql.validate;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.error.NearestNames;
import io.kurobe.nl2sql.validate.FromScope.Item;
import io.kurobe.nl2sql.validate.KnownTables.Known;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Mends names that mean nothing where they stand, or too much. */
record NameRepair(KnownTables tables) {

  /** A column that its table, or every table in scope, does not have. */
  Optional<Mended> column(SqlNode tree, KurobeException error) {
    return place(tree, error).flatMap(place -> column(tree, place));
  }

  private Optional<Mended> column(SqlNode tree, Place place) {
    SqlIdentifier name = (SqlIdentifier) place.node();
    String column = name.names.get(name.names.size() - 1);
    List<FromScope> scopes = scopes(place);
    Optional<Item> owner = Optional.empty();
    if (name.names.size() > 1) {
      String prefix = name.names.get(name.names.size() - 2);
      owner = scopes.stream().flatMap(scope -> scope.item(prefix).stream()).findFirst();
    }
    for (FromScope scope : scopes) {
      List<Item> having = scope.having(column);
      if (!having.isEmpty()) {
        Item item = having.get(0);
        return Optional.of(replaced(tree, name, item.alias(), item.column(column).orElseThrow()));
      }
    }
    Optional<Mended> joined = joined(tree, place, name, column, owner, scopes);
    if (joined.isPresent()) {
      return joined;
    }
    List<Item> items = new ArrayList<>();
    owner.ifPresent(items::add);
    scopes.forEach(scope -> items.addAll(scope.items()));
    for (Item item : items) {
      String table = item.table().map(known -> known.name().table()).orElse(item.alias());
      Optional<String> near = NearestColumn.of(column, item.columns(), table);
      if (near.isPresent()) {
        return Optional.of(replaced(tree, name, item.alias(), near.get()));
      }
    }
    return Optional.empty();
  }

  /** A column of a table that is not in FROM, and that a key joins to one that is. */
  private Optional<Mended> joined(
      SqlNode tree,
      Place place,
      SqlIdentifier name,
      String column,
      Optional<Item> owner,
      List<FromScope> scopes) {
    if (place.selects().isEmpty()) {
      return Optional.empty();
    }
    List<Item> from = new ArrayList<>();
    owner.ifPresent(from::add);
    from.addAll(scopes.get(0).items());
    for (Item item : from) {
      List<Known> near =
          item.table().stream()
              .flatMap(table -> tables.neighbours(table.name()).stream())
              .filter(known -> known.column(column).isPresent())
              .toList();
      if (near.size() == 1 && scopes.get(0).item(item.alias()).isPresent()) {
        Known other = near.get(0);
        return KeyJoin.add(tree, place.selects().get(0), item, other, tables)
            .map(
                added ->
                    new Mended(
                        Replacement.in(
                            added.tree(),
                            name,
                            identifier(added.alias(), other.column(column).orElseThrow(), name)),
                        "joined " + other.name().table() + ", which has " + column));
      }
    }
    return Optional.empty();
  }

  /** A name that several tables have: the first that does, as SQL's readers take it. */
  Optional<Mended> ambiguous(SqlNode tree, KurobeException error) {
    return place(tree, error)
        .flatMap(
            place -> {
              SqlIdentifier name = (SqlIdentifier) place.node();
              String column = name.names.get(name.names.size() - 1);
              for (FromScope scope : scopes(place)) {
                for (Item item : scope.having(column)) {
                  return Optional.of(
                      replaced(tree, name, item.alias(), item.column(column).orElseThrow()));
                }
              }
              return Optional.empty();
            });
  }

  /** A table or prefix that does not exist, or that is in no source that is looked at. */
  Optional<Mended> table(SqlNode tree, KurobeException error) {
    Optional<Place> found = place(tree, error);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Place place = found.get();
    SqlIdentifier name = (SqlIdentifier) place.node();
    if (isColumn(name, place)) {
      return prefix(tree, place, name);
    }
    List<Known> named = tables.named(name.names);
    if (named.isEmpty() && name.names.size() > 1) {
      named = tables.named(name.names.subList(name.names.size() - 1, name.names.size()));
    }
    if (named.isEmpty()) {
      String written = name.names.get(name.names.size() - 1);
      named =
          NearestColumn.of(written, tables.names(), "")
              .or(() -> NearestNames.of(written, tables.names()).stream().findFirst())
              .map(near -> tables.named(List.of(near)))
              .orElse(List.of());
    }
    if (named.size() != 1 || named.get(0).name().parts().equals(name.names)) {
      return Optional.empty();
    }
    SqlIdentifier full = new SqlIdentifier(named.get(0).name().parts(), name.getParserPosition());
    return Optional.of(
        new Mended(
            TableNaming.in(tree, name, full), "read " + named.get(0).name() + " for " + name));
  }

  private static boolean isColumn(SqlIdentifier name, Place place) {
    if (name.names.size() < 2 || place.selects().isEmpty()) {
      return false;
    }
    return !TableNaming.isTable(place.selects().get(0).getFrom(), name);
  }

  /** A column whose prefix is not in FROM. */
  private Optional<Mended> prefix(SqlNode tree, Place place, SqlIdentifier name) {
    String column = name.names.get(name.names.size() - 1);
    List<Known> meant = tables.named(List.of(name.names.get(name.names.size() - 2)));
    List<FromScope> scopes = scopes(place);
    for (Known known : meant) {
      for (Item item : scopes.get(0).items()) {
        boolean same = item.table().filter(known::equals).isPresent();
        if (same && item.column(column).isPresent()) {
          return Optional.of(replaced(tree, name, item.alias(), item.column(column).orElseThrow()));
        }
      }
      for (Item item : scopes.get(0).items()) {
        if (known.column(column).isPresent()
            && item.table().isPresent()
            && !tables.between(item.table().get().name(), known.name()).isEmpty()) {
          return KeyJoin.add(tree, place.selects().get(0), item, known, tables)
              .map(
                  added ->
                      new Mended(
                          Replacement.in(
                              added.tree(),
                              name,
                              identifier(added.alias(), known.column(column).orElseThrow(), name)),
                          "joined " + known.name().table() + ", which was not in FROM"));
        }
      }
    }
    for (FromScope scope : scopes) {
      List<Item> having = scope.having(column);
      if (having.size() == 1) {
        return Optional.of(
            replaced(
                tree, name, having.get(0).alias(), having.get(0).column(column).orElseThrow()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Place> place(SqlNode tree, KurobeException error) {
    return error.position().flatMap(position -> Place.name(tree, position));
  }

  private List<FromScope> scopes(Place place) {
    return place.selects().stream()
        .map((SqlSelect select) -> new FromScope(select, tables))
        .toList();
  }

  private static SqlIdentifier identifier(String alias, String column, SqlIdentifier old) {
    SqlParserPos at = old.getParserPosition();
    return new SqlIdentifier(List.of(alias, column), at);
  }

  private static Mended replaced(SqlNode tree, SqlIdentifier old, String alias, String column) {
    SqlIdentifier fresh = identifier(alias, column, old);
    return new Mended(Replacement.in(tree, old, fresh), "read " + fresh + " for " + old);
  }
}
