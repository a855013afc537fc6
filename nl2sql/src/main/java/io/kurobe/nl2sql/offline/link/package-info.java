/** Linking: spans of a question become tables, columns and stored values. */
@NullMarked
package io.kurobe.nl2sql.offline.link;

import org.jspecify.annotations.NullMarked;
