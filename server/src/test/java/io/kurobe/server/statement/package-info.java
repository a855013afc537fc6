@NullMarked
package io.kurobe.server.statement;

import org.jspecify.annotations.NullMarked;
