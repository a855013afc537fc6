/** Saying: what was understood, or what was not, in plain words. */
@NullMarked
package io.kurobe.nl2sql.offline.say;

import org.jspecify.annotations.NullMarked;
