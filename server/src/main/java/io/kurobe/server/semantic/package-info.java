/** Semantic layers of other tools, read and written as ours. */
@NullMarked
package io.kurobe.server.semantic;

import org.jspecify.annotations.NullMarked;
