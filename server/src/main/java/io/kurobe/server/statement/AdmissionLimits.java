package io.kurobe.server.statement;

/**
 * How many statements may be at work at once, and how many may wait for that.
 *
 * @param running those at work, in all
 * @param runningPerUser those of one user; 0 means no limit of its own
 * @param queued those that wait, in all
 * @param queuedPerUser those of one user; 0 means no limit of its own
 */
public record AdmissionLimits(int running, int runningPerUser, int queued, int queuedPerUser) {}
