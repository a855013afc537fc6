package io.kurobe.nl2sql.offline.link;

/**
 * One reading of a span.
 *
 * @param score 0 to 1: how much like the name the span is
 */
public record Link(Target target, double score) {}
