/** Building: cues and links become queries over joined tables, then SQL. */
@NullMarked
package io.kurobe.nl2sql.offline.build;

import org.jspecify.annotations.NullMarked;
