/** What people call their data: descriptions, synonyms, metrics, and what questions may not see. */
@NullMarked
package io.kurobe.nl2sql.semantic;

import org.jspecify.annotations.NullMarked;
