/** Questions that go on from the ones before: told from whole ones by rules, and made whole. */
@NullMarked
package io.kurobe.nl2sql.conversation;

import org.jspecify.annotations.NullMarked;
