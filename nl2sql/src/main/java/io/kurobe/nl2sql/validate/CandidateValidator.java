package io.kurobe.nl2sql.validate;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.nl2sql.generate.GenerationTask;
import io.kurobe.nl2sql.generate.Proposal;
import java.util.List;
import org.apache.calcite.sql.SqlNode;

/** Makes candidates of proposals. Threads share it. */
public final class CandidateValidator {
  /**
   * The candidate a proposal makes.
   *
   * @throws KurobeException what is wrong with it, if nothing mends it
   */
  public Candidate validate(Proposal proposal, GenerationTask task) {
    SqlNode tree = task.support().parse(proposal.sql());
    List<SqlType.Field> columns = task.support().validate(tree);
    return new Candidate(proposal, tree, proposal.sql(), columns, List.of(), List.of());
  }
}
