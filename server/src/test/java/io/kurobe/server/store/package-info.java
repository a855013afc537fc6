@NullMarked
package io.kurobe.server.store;

import org.jspecify.annotations.NullMarked;
