@NullMarked
package io.kurobe.server;

import org.jspecify.annotations.NullMarked;
