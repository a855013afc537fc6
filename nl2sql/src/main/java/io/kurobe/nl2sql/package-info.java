/** Questions to SQL: {@link io.kurobe.nl2sql.OfflineQuestions} is the entry. */
@NullMarked
package io.kurobe.nl2sql;

import org.jspecify.annotations.NullMarked;
