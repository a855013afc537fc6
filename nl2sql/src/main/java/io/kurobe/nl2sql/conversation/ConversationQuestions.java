package io.kurobe.nl2sql.conversation;

import static java.util.Objects.requireNonNull;

import io.kurobe.nl2sql.conversation.Conversation.Turn;
import io.kurobe.nl2sql.trace.Trace;
import io.kurobe.planner.memory.TaughtPair;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.ForwardingQuestions;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.question.Questions;
import io.kurobe.planner.question.WholeQuestion;
import io.kurobe.planner.session.Session;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers what each conversation was about, and makes questions whole that go on from it; leaves
 * answering to others. {@code WITH (context = false)} has a question stand alone. Threads share it.
 */
public final class ConversationQuestions extends ForwardingQuestions {
  private static final String AGENT = "conversation";

  private final Conversations conversations;
  private final Rewriter rewriter;

  /**
   * Makes it.
   *
   * @param next answers whole questions
   */
  public ConversationQuestions(Questions next, Conversations conversations, Rewriter rewriter) {
    super(next);
    this.conversations = requireNonNull(conversations, "conversations is null");
    this.rewriter = requireNonNull(rewriter, "rewriter is null");
  }

  @Override
  public WholeQuestion whole(Question question, Session session, QuestionSupport support) {
    if (question.options().getOrDefault("context", "true").equals("false")) {
      return WholeQuestion.of(question);
    }
    return inContext(question, session, support);
  }

  private WholeQuestion inContext(Question question, Session session, QuestionSupport support) {
    long since = System.nanoTime();
    Conversation conversation = conversations.of(session);
    Optional<String> chosen = Choices.taken(conversation.choices(), question.text());
    if (chosen.isPresent()) {
      return rewritten(question, chosen.get(), clear(question, question.scope()), "chosen", since);
    }
    Optional<Turn> last = conversation.last();
    if (last.isEmpty()) {
      return WholeQuestion.of(question);
    }
    Question before = last.get().whole();
    if (isSame(last.get().asked(), question.text())) {
      // Tools ask twice: what is meant is what was meant a moment ago.
      return isSame(before.text(), question.text())
          ? WholeQuestion.of(question)
          : rewritten(question, before.text(), again(before, question), "the same again", since);
    }
    Question inScope =
        question.scope().isEmpty()
            ? new Question(
                question.text(), before.scope(), question.generators(), question.options())
            : question;
    return rewriter
        .rewrite(before.text(), inScope, support)
        .map(whole -> rewritten(question, whole, inScope, "goes on", since))
        .orElseGet(() -> WholeQuestion.of(question));
  }

  private static boolean isSame(String one, String other) {
    return TaughtPair.normalised(one).equals(TaughtPair.normalised(other));
  }

  /** In the scope it had, and as clear as it was. */
  private static Question again(Question before, Question asked) {
    return before.options().getOrDefault(ClarifyingQuestions.OPTION, "").equals("false")
        ? clear(asked, before.scope())
        : new Question(asked.text(), before.scope(), asked.generators(), asked.options());
  }

  /** What was chosen is not asked back. */
  private static Question clear(Question asked, List<List<String>> scope) {
    Map<String, String> options = new HashMap<>(asked.options());
    options.put(ClarifyingQuestions.OPTION, "false");
    return new Question(asked.text(), scope, asked.generators(), options);
  }

  private static WholeQuestion rewritten(
      Question asked, String whole, Question scoped, String verdict, long since) {
    var trace = new Trace();
    trace.add(AGENT, asked.text(), whole, verdict, null, since, null);
    return new WholeQuestion(
        asked,
        new Question(whole, scoped.scope(), asked.generators(), scoped.options()),
        trace.steps());
  }

  @Override
  public void ended(WholeQuestion question, AskOutcome outcome, Session session) {
    if (outcome instanceof AskOutcome.Answered) {
      Turn turn = new Turn(question.asked().text(), question.question());
      conversations.change(
          session,
          before ->
              before.last().equals(Optional.of(turn))
                  ? before.withChoices(List.of())
                  : before.with(turn));
    } else if (outcome instanceof AskOutcome.Refused refused) {
      List<String> choices = Choices.of(refused.reason());
      conversations.change(session, before -> before.withChoices(choices));
    }
    next.ended(question, outcome, session);
  }

  @Override
  public void join(String conversation, Session session) {
    conversations.join(conversation, session);
    next.join(conversation, session);
  }

  @Override
  public void reset(Session session) {
    conversations.forget(session);
    next.reset(session);
  }
}
