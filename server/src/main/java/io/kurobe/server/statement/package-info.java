/** The statement core: open, prepare, execute, next batch, cancel, close. Two faces stand on it. */
@NullMarked
package io.kurobe.server.statement;

import org.jspecify.annotations.NullMarked;
