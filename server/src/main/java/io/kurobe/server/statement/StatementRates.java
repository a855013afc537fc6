package io.kurobe.server.statement;

/**
 * How many statements may begin within a minute.
 *
 * @param ofUser those of one user, however they came; 0 means any number
 * @param ofKey those of one API key; 0 means any number
 */
public record StatementRates(int ofUser, int ofKey) {}
