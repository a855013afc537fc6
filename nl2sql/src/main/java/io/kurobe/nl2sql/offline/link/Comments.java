package io.kurobe.nl2sql.offline.link;

import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.offline.read.NameClass;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What tables and columns are said to be, by stems: weak evidence, for words that no name has and
 * between names that fit as well. Filled once, then only read.
 */
final class Comments {
  private static final int MOST_ALIKE = 3;

  /** How many words a compound has; of two the first may as well be the noun: "pieces sold". */
  private static final int COMPOUND = 3;

  private static final double CALLED = 0.86;
  private static final double KIND = 0.66;
  private static final double SAID = 0.6;
  private static final double AT_LENGTH = 0.2;

  private final Lexicon lexicon;
  private final Map<Target, Comment> texts = new LinkedHashMap<>();
  private final Map<String, Set<Target>> byStem = new HashMap<>();

  Comments(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  void add(Target target, Comment comment) {
    if (!comment.words().isEmpty()) {
      texts.put(target, comment);
      comment
          .words()
          .forEach(stem -> byStem.computeIfAbsent(stem, s -> new LinkedHashSet<>()).add(target));
    }
  }

  /** Whether a comment says one of some words. */
  boolean says(Target target, List<String> stems) {
    Comment comment = texts.get(target);
    return comment != null && !Collections.disjoint(comment.words(), stems);
  }

  /** "Stock keeping unit": whoever says "stock" does not mean the unit. */
  private static boolean only(Comment comment, List<String> stems) {
    List<String> head = comment.head();
    int at = Collections.indexOfSubList(head, stems);
    return head.size() == COMPOUND
        && at >= 0
        && at + stems.size() < head.size()
        && Collections.indexOfSubList(
                comment.words().subList(head.size(), comment.words().size()), stems)
            < 0;
  }

  /** What is said in these words: what is called so, else what few are said to be. */
  List<Link> links(List<String> stems) {
    if (stems.isEmpty()
        || stems.stream().allMatch(stem -> lexicon.is(stem, NameClass.SAID_OF_MANY))) {
      return List.of();
    }
    List<Link> called = new ArrayList<>();
    List<Link> said = new ArrayList<>();
    for (Target target : byStem.getOrDefault(stems.get(0), Set.of())) {
      Comment comment = texts.get(target);
      List<String> head = comment.head();
      if (head.equals(stems)) {
        called.add(new Link(target, CALLED));
      } else if (Collections.indexOfSubList(comment.words(), stems) >= 0 && !only(comment, stems)) {
        boolean kind =
            head.size() > stems.size()
                && head.subList(head.size() - stems.size(), head.size()).equals(stems);
        double length = stems.size() > 1 ? AT_LENGTH : 0;
        said.add(new Link(target, (kind ? KIND : SAID) + length));
      }
    }
    return !called.isEmpty() ? called : said.size() > MOST_ALIKE ? List.of() : said;
  }
}
