@NullMarked
package io.kurobe.server.command;

import org.jspecify.annotations.NullMarked;
