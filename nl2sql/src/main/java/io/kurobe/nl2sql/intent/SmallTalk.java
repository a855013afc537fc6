package io.kurobe.nl2sql.intent;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.catalog.CatalogSnapshot;
import java.util.List;
import java.util.regex.Pattern;

/** Tells what is said to a person rather than asked of data, and says what can be asked. */
final class SmallTalk {
  private static final int NAMED = 8;

  private static final Pattern TALK =
      Pattern.compile(
          "(hi|hello|hey|hallo|howdy|good (morning|evening|afternoon|day|night))( there| kurobe|"
              + " everyone)?|how (are|is) (you|it going|things|life)( doing)?( today)?|(what's|what"
              + " is|whats) (up|your name|new|the meaning of life)|(thanks?|thank you|thx|cheers)("
              + " you)?( a lot| so much| very much)?( kurobe)?|who (are|made|built) you|what are"
              + " you|what can you do( for me)?|help( me)?|(good ?)?bye|see you( later|"
              + " soon)?|(tell me|do you know|know) (a|any|some) (good )?(joke|story|poem)s?("
              + " please)?|are you (a |an )?(human|robot|bot|ai|machine|there|ok|okay|alive)|(i|do"
              + " you) (love|like|hate)"
              + " (you|me)|(ok|okay|yes|no|cool|nice|great|wow|test|ping)|(can|could) you"
              + " (help|hear|understand) me");

  private SmallTalk() {}

  static boolean is(String normalised) {
    return TALK.matcher(normalised.replaceAll("[,!.?]+", "").strip()).matches();
  }

  /** Refuses kindly. */
  static KurobeException answer(CatalogSnapshot catalog) {
    List<String> tables =
        catalog.sources().stream()
            .flatMap(source -> source.metadata().schemas().stream())
            .flatMap(schema -> schema.tables().stream())
            .map(table -> table.name())
            .distinct()
            .limit(NAMED)
            .toList();
    var error =
        new KurobeException(
            ErrorCode.NOT_ANSWERABLE, "I answer questions about data, and this is none");
    return tables.isEmpty()
        ? error.withHint("SHOW SOURCES lists where data would come from.")
        : error.withHint(
            "You can ask about "
                + String.join(", ", tables)
                + "; such as: how many "
                + CatalogNames.words(tables.get(0))
                + " are there? Or: what do you know about "
                + CatalogNames.words(tables.get(0))
                + "?");
  }
}
