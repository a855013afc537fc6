/** From text to statements: the grammar with ASK. */
@NullMarked
package io.kurobe.planner.parser;

import org.jspecify.annotations.NullMarked;
