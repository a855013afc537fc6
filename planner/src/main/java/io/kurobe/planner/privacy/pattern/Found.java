package io.kurobe.planner.privacy.pattern;

/**
 * A place in a text where a personal value stands.
 *
 * @param start its first character
 * @param end the character after its last
 */
public record Found(PersonalKind kind, int start, int end) {}
