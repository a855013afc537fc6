package io.kurobe.server.statement;

import io.kurobe.planner.Execution.Progress;
import java.time.Duration;
import java.util.Optional;

/**
 * How far a statement at work is.
 *
 * @param state such as RUNNING
 * @param elapsed since it came
 * @param rows how many rows its client was given so far
 * @param fragments what its parts have done; empty while it is planned
 */
public record RunProgress(
    String queryId, String state, Duration elapsed, long rows, Optional<Progress> fragments) {}
