@NullMarked
package io.kurobe.server.config;

import org.jspecify.annotations.NullMarked;
