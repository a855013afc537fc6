/**
 * What is remembered of questions: pairs that people taught, what was asked, what they said of it.
 */
@NullMarked
package io.kurobe.planner.memory;

import org.jspecify.annotations.NullMarked;
