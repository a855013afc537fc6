package io.kurobe.nl2sql.agent;

import static java.util.Objects.requireNonNull;

import io.kurobe.nl2sql.generate.GenerationTask;
import io.kurobe.nl2sql.generate.ShownValues;
import io.kurobe.nl2sql.model.ModelReply;
import io.kurobe.nl2sql.mschema.MSchema;
import io.kurobe.nl2sql.mschema.MSchemaForm;
import io.kurobe.nl2sql.prompt.Piece;
import io.kurobe.nl2sql.prompt.PromptTemplate;
import io.kurobe.nl2sql.select.Group;
import io.kurobe.nl2sql.select.Judge;
import io.kurobe.nl2sql.validate.Candidate;
import io.kurobe.planner.privacy.Redaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model that decides between candidates, shown as XiYan-SQL shows them (Gao et al., arXiv
 * 2507.04701): the largest group first, in a group by the rank of generators; all candidates if the
 * largest group holds at least half of them, else the shortest of each group. What it answers is
 * taken only if it is the number of a candidate and nothing else is said in its last line. Threads
 * share it.
 */
public final class ModelJudge implements Judge {
  /** The places of its prompt. */
  public static final Set<String> PLACES = Set.of("schema", "evidence", "question", "candidates");

  /** What the agent is called. */
  public static final String NAME = "judge";

  private static final int MOST_SHOWN = 20;
  private static final Pattern ANSWER =
      Pattern.compile("(?:(?:ANSWER|CANDIDATE)\\s*:?\\s*)?(\\d{1,2})", Pattern.CASE_INSENSITIVE);

  private final ModelAgent agent;

  public ModelJudge(ModelAgent agent) {
    this.agent = requireNonNull(agent, "agent is null");
  }

  /** The prompt that comes with Kurobe. */
  public static PromptTemplate standard() {
    return PromptTemplate.resource(ModelJudge.class, "judge.txt", PLACES);
  }

  /** A candidate as it is shown, with its group's place among those that are to be decided. */
  private record Shown(Candidate candidate, int group) {}

  @Override
  public OptionalInt choose(List<Group> groups, GenerationTask task) {
    long since = System.nanoTime();
    List<Shown> shown = shown(groups);
    Optional<String> candidates = told(shown, groups, task);
    if (candidates.isEmpty()) {
      task.trace().add(NAME, subject(shown), "models may not know", "not asked", null, since, null);
      return OptionalInt.empty();
    }
    MSchema schema = task.schema().get().fuller();
    Redaction redaction = task.support().models().redaction(new ShownValues(schema));
    Optional<ModelReply> reply =
        agent.ask(
            redaction,
            Map.of(
                "schema",
                new Piece.Data(MSchemaForm.FEDERATED.write(schema)),
                "evidence",
                new Piece.Asked(task.question().options().getOrDefault("evidence", "")),
                "question",
                new Piece.Asked(task.question().text()),
                "candidates",
                new Piece.Data(candidates.get())),
            subject(shown),
            task.question(),
            task.session(),
            task.trace());
    if (reply.isEmpty()) {
      return OptionalInt.empty();
    }
    OptionalInt number = number(reply.get().text(), shown.size());
    task.trace()
        .add(
            NAME,
            subject(shown),
            number.isPresent()
                ? shown.get(number.getAsInt()).candidate().sql()
                : "the answer is not the number of a candidate",
            number.isPresent() ? "chosen" : "unclear",
            null,
            since,
            reply.get().tokens());
    return number.isPresent()
        ? OptionalInt.of(shown.get(number.getAsInt()).group())
        : OptionalInt.empty();
  }

  private static String subject(List<Shown> shown) {
    return shown.size() + " candidates";
  }

  /** The candidates in the published order. */
  private static List<Shown> shown(List<Group> groups) {
    List<Integer> bySize = new ArrayList<>();
    int all = 0;
    for (int i = 0; i < groups.size(); i++) {
      bySize.add(i);
      all += groups.get(i).members().size();
    }
    bySize.sort(Comparator.comparing((Integer i) -> groups.get(i).members().size()).reversed());
    boolean clear = 2 * groups.get(bySize.get(0)).members().size() >= all;
    List<Shown> shown = new ArrayList<>();
    for (int index : bySize) {
      List<Candidate> members = groups.get(index).members();
      if (clear) {
        members.forEach(member -> shown.add(new Shown(member, index)));
      } else {
        members.stream()
            .min(Comparator.comparingInt(member -> member.sql().length()))
            .ifPresent(shortest -> shown.add(new Shown(shortest, index)));
      }
    }
    return shown.size() > MOST_SHOWN ? shown.subList(0, MOST_SHOWN) : shown;
  }

  private static Optional<String> told(List<Shown> shown, List<Group> groups, GenerationTask task) {
    StringBuilder told = new StringBuilder();
    for (int i = 0; i < shown.size(); i++) {
      Optional<ToldQuery> query = ToldQuery.of(shown.get(i).candidate(), task);
      if (query.isEmpty()) {
        return Optional.empty();
      }
      told.append(i == 0 ? "" : "\n\n")
          .append("Candidate ")
          .append(i + 1)
          .append(":\n")
          .append(query.get().sql())
          .append("\nResult: ")
          .append(query.get().rows(groups.get(shown.get(i).group()).probe()));
    }
    return Optional.of(told.toString());
  }

  /** The place of the candidate that an answer's last line names, from 0. */
  static OptionalInt number(String answer, int candidates) {
    String said = answer.strip();
    String last = said.substring(said.lastIndexOf('\n') + 1).strip();
    Matcher matcher = ANSWER.matcher(last);
    if (!matcher.matches()) {
      return OptionalInt.empty();
    }
    int number = Integer.parseInt(matcher.group(1));
    return number >= 1 && number <= candidates ? OptionalInt.of(number - 1) : OptionalInt.empty();
  }
}
