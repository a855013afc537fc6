package io.kurobe.server.statement;

/**
 * How many statements may be open, at work or not.
 *
 * @param ofConnection those of one connection
 * @param ofUser those of one user, on whichever connections
 * @param inAll those of everybody
 */
public record OpenLimits(int ofConnection, int ofUser, int inAll) {}
