/** Questions that people taught: answered from at once, and examples for those who generate. */
@NullMarked
package io.kurobe.nl2sql.memory;

import org.jspecify.annotations.NullMarked;
