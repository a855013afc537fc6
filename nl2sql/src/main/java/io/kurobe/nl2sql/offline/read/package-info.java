/** Reading: a question's text becomes tokens and the cues that English gives. */
@NullMarked
package io.kurobe.nl2sql.offline.read;

import org.jspecify.annotations.NullMarked;
