@NullMarked
package io.kurobe.server.avatica;

import org.jspecify.annotations.NullMarked;
