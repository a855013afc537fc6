package io.kurobe.nl2sql.conversation;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A question without the words that only tie it to the one before.
 *
 * @param core what is left
 * @param ties what the words said
 */
record LeadIn(String core, Set<Tie> ties) {
  /** How a question may be tied to the one before. */
  enum Tie {
    /** "and", "so", "now": also before whole questions. */
    SOFT,
    /** "what about", "the same for". */
    ABOUT,
    /** "only". */
    ONLY,
    /** "also", "as well". */
    ALSO,
    /** "no, I meant". */
    CORRECTION,
    /** "instead". */
    INSTEAD,
    /** "compare that with". */
    COMPARE,
    /** "of those", "them". */
    ANAPHORA,
    /** "how many of those". */
    COUNTED,
    /** "list them". */
    LISTED,
    /** "what are their names", "how old are they". */
    PROJECTED,
    /** "remove the price". */
    REMOVED
  }

  private record Rule(Tie tie, Pattern pattern) {
    Rule(Tie tie, String pattern) {
      this(tie, Pattern.compile(pattern, Pattern.CASE_INSENSITIVE));
    }
  }

  private static final List<Rule> STARTS =
      List.of(
          new Rule(
              Tie.SOFT,
              "^(ok(ay)?|right|good|great|thanks|thank you|fine|well|hm+|please)\\b[,.!: ]*"),
          new Rule(Tie.ALSO, "^and (also )?(show |list |give )?(me )?(?=(their|its|his|her)\\b)"),
          new Rule(
              Tie.PROJECTED,
              "^((what|which|who)('s| is| are| was| were)|(can you )?(please"
                  + " )?(show|list|give|tell|display|return|find|get|see)( me| us)?|i (want|need)("
                  + " to (see|know))?)?( all| also)?( of)? ?\\b(their|its|his|her)\\b (?=\\S)"),
          new Rule(
              Tie.CORRECTION,
              "^(no|nope|sorry|wrong|actually|wait|oh)\\b[,.!: ]+(not that[,. ]+)?(but |rather |i"
                  + " (meant?|mean|said|wanted)\\b[: ]*)?"),
          new Rule(Tie.CORRECTION, "^(i|we) (meant?|mean)( only| just)?\\b[: ]*"),
          new Rule(
              Tie.COMPARE,
              "^(now )?(and )?compared?( (that|it|this|them|those))?( (with|to|against|and))?\\b"
                  + " *"),
          new Rule(
              Tie.ABOUT,
              "^(and |but |so )?(what|how) about\\b *(the ones |those |that |it )?(?=\\S)"),
          new Rule(
              Tie.ABOUT,
              "^(and |but |now )?(show( me)? |give me |do |try )?the same("
                  + " (thing|question|numbers?|figures?|query|again))*\\b[, ]*(but )?(only"
                  + " )?(?=\\S)"),
          new Rule(
              Tie.ABOUT,
              "^(make|change|turn|switch)( (it|that|this))?( (to|into|be))?\\b *(?=\\S)"),
          new Rule(
              Tie.ABOUT,
              "^(do|try|use|take)( (it|that|this|the same))?( again)?\\b"
                  + " *(?=(for|by|per|with|in)\\b)"),
          new Rule(
              Tie.ONLY,
              "^(now |and |but |then )?((show|give|list|keep|restrict|limit|filter|narrow)( me|"
                  + " us)?( (it|that|this|them|those))?( down)?( to)? )?(only|just)\\b *"),
          new Rule(
              Tie.ONLY,
              "^(now |and |then )?(restrict|limit|filter|narrow)( (it|that|this|them|those))?("
                  + " down)?( (to|by|on|for))?\\b *"),
          new Rule(
              Tie.COUNTED,
              "^(and |but |now )?how many( of (them|those|these))?("
                  + " (are|were|is|was|have|had|come|came|live|do we have))?( (there|they))?\\b"
                  + " *(?=$|(in|from|with|at|for|on|last|this|since|over|under|more|not)\\b)"),
          new Rule(
              Tie.LISTED,
              "^(and |but |now |ok )?(list|show( me)?|name|give me|display|what are|which are|who"
                  + " are)( all)?( of)? (them|those|these|they)( all)?\\b[, ]*"),
          new Rule(
              Tie.ANAPHORA,
              "^(and |but |now )?(how many|which( ones?)?|show( me)?|list|who|what)( of)? (of"
                  + " |among |from )?(them|those|these)("
                  + " (are|were|is|was|have|had|come|came|live))?\\b *"),
          new Rule(Tie.ANAPHORA, "^(of|among|from) (them|those|these)\\b[, ]*"),
          new Rule(
              Tie.ALSO, "^(and |but |now )?(also|add|plus|additionally|include|including)\\b *"),
          new Rule(
              Tie.REMOVED,
              "^(now )?(remove|drop|hide|exclude|skip|ignore|omit|leave out|leave off|take out)"
                  + "( the)?\\b *(?=\\S)"),
          new Rule(
              Tie.ANAPHORA,
              "^(break|split|group|separate|divide|show|list|give|do|count|display)( me)?"
                  + "( (it|that|this|them|those|these|the results?|the same))?( (down|up|out))?"
                  + " (?=(by|per|for each)\\b)"),
          new Rule(Tie.INSTEAD, "^(instead|rather)\\b[, ]*(?=\\S)"),
          new Rule(Tie.SOFT, "^(and|but|so|then|now)\\b[, ]*"));

  private static final List<Rule> ENDS =
      List.of(
          new Rule(Tie.INSTEAD, "[, ]+(instead|rather)$"),
          new Rule(Tie.ANAPHORA, " (of|among|from|in) (them|those|these|all of them)$"),
          new Rule(Tie.ALSO, "[, ]+(too|as well|also)$"),
          new Rule(Tie.ONLY, "[, ]+(only|alone)$"),
          new Rule(Tie.SOFT, "[, ]+(please|then|though|now|again)$"));

  /** "what cities are they from", "how tall is he": what is asked of those before. */
  private static final Pattern OF_THEM =
      Pattern.compile(
          "(?:and |but |so )?(?:(?:what|which) (.+?)|(how (?:old|tall|heavy|big|large|long|high)))"
              + " (?:are|is|do|does|did|were|was|have|has|had) (?:they|he|she|it)\\b.*",
          Pattern.CASE_INSENSITIVE);

  /** "when did they join", "how many loans does each have". */
  private static final Pattern SUBJECT =
      Pattern.compile(
          "^(?:and |but |so )?(?:when|where|how|what|which|who|do|does|did|are|is)\\b[^,]{0,40}?"
              + "\\b(?:they|he|she|it|each(?: one)?(?: of (?:them|those|these))?)"
              + "(?= (?:have|has|had|do|does|did|join|live|work|own|made|make|get|got|earn|cost)|$)"
              + "|\\bfor each(?: one)?(?: of (?:them|those|these))?$",
          Pattern.CASE_INSENSITIVE);

  /** "order them from …", which is no order of anybody's. */
  private static final Pattern SORT =
      Pattern.compile(
          "^(and |now |then |please )*(?:order|rank|arrange|sort)(?: (?:it|them|that|these|those))?"
              + " (?=(from (the )?(high|low|large|small|big|old|new|most|least|best|worst|great)"
              + "|in (the )?(ascending|descending|alphabetical|reverse|increasing|decreasing"
              + "|chronological)|alphabetically|descending|ascending|high to low|low to high))",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern PRONOUN =
      Pattern.compile("\\b(them|those|these|that one|the ones?)\\b", Pattern.CASE_INSENSITIVE);

  LeadIn {
    ties = Set.copyOf(ties);
  }

  static LeadIn of(String question) {
    String text =
        SORT.matcher(question.strip().replaceAll("\\s+", " ").replaceAll("[\\s.?!]+$", ""))
            .replaceFirst("$1sort ");
    Set<Tie> ties = EnumSet.noneOf(Tie.class);
    if (PRONOUN.matcher(text).find() || SUBJECT.matcher(text).find()) {
      ties.add(Tie.ANAPHORA);
    }
    Matcher ofThem = OF_THEM.matcher(text);
    if (ofThem.matches()) {
      text = ofThem.group(1) == null ? ofThem.group(2) : ofThem.group(1);
      ties.add(Tie.PROJECTED);
    }
    for (boolean more = true; more && !text.isEmpty(); ) {
      more = false;
      for (Rule rule : STARTS) {
        Matcher matcher = rule.pattern().matcher(text);
        boolean mayEmpty = rule.tie() == Tie.COUNTED || rule.tie() == Tie.LISTED;
        if (matcher.find() && matcher.end() > 0 && (mayEmpty || matcher.end() < text.length())) {
          text = text.substring(matcher.end()).strip();
          ties.add(rule.tie());
          more = true;
        }
      }
      for (Rule rule : ENDS) {
        Matcher matcher = rule.pattern().matcher(text);
        if (!text.isEmpty() && matcher.find() && matcher.start() > 0) {
          text = text.substring(0, matcher.start()).strip();
          ties.add(rule.tie());
          more = true;
        }
      }
    }
    return new LeadIn(text.matches("(19|20)\\d\\d") ? "in " + text : text, ties);
  }

  LeadIn with(Tie tie) {
    Set<Tie> more = EnumSet.of(tie);
    more.addAll(ties);
    return new LeadIn(core, more);
  }

  boolean has(Tie tie) {
    return ties.contains(tie);
  }

  /** The question with a noun in the place of its pronouns. */
  static String withNoun(String question, String many, String one) {
    return question
        .strip()
        .replaceAll("[\\s.?!]+$", "")
        .replaceFirst("(?i)^(and|but|so|now|then) ", "")
        .replaceAll(
            "(?i)\\beach(?: one)?(?: of (?:them|those|these))?"
                + "(?= (?:have|has|had|do|does|did)\\b|$)",
            "each " + Matcher.quoteReplacement(one))
        .replaceAll("(?i)\\b(they|them|those|these|he|she|it)\\b", Matcher.quoteReplacement(many))
        .replaceAll("(?i)\\b(their|its|his|her) ", "");
  }

  /** Whether the words tie it for certain. */
  boolean isTied() {
    return ties.stream().anyMatch(tie -> tie != Tie.SOFT && tie != Tie.ALSO);
  }

  String lower() {
    return core.toLowerCase(Locale.ROOT);
  }
}
