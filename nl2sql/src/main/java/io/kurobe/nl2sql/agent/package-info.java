/** Agents that ask a language model about what was proposed: repair, judgement, explanation. */
@NullMarked
package io.kurobe.nl2sql.agent;

import org.jspecify.annotations.NullMarked;
