@NullMarked
package io.kurobe.examples.client;

import org.jspecify.annotations.NullMarked;
