/** The upward call of ASK: what the planner needs of whoever understands questions. */
@NullMarked
package io.kurobe.planner.question;

import org.jspecify.annotations.NullMarked;
