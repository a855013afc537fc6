package io.kurobe.server.command;

import java.util.concurrent.Callable;

/**
 * A subcommand of {@code kurobe}: a picocli-annotated class with a public constructor, found by
 * {@link java.util.ServiceLoader}. It gives the exit code: 0 done, 1 failed, 2 wrong usage.
 */
public interface Command extends Callable<Integer> {}
