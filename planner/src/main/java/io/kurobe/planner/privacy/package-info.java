/** What columns hold of persons, and the one gate to language models that keeps it from them. */
@NullMarked
package io.kurobe.planner.privacy;

import org.jspecify.annotations.NullMarked;
