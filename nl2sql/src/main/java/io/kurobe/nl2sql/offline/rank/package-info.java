/** Ranking: candidate queries are scored, the best one first. */
@NullMarked
package io.kurobe.nl2sql.offline.rank;

import org.jspecify.annotations.NullMarked;
