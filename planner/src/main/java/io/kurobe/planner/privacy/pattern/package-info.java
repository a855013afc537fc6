/** What values of a person look like: forms, check digits and numbering plans, and nothing else. */
@NullMarked
package io.kurobe.planner.privacy.pattern;

import org.jspecify.annotations.NullMarked;
