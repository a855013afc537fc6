/** Scoring answers against expected rows, without I/O. */
@NullMarked
package io.kurobe.nl2sql.evaluation;

import org.jspecify.annotations.NullMarked;
