@NullMarked
package io.kurobe.examples.demo;

import org.jspecify.annotations.NullMarked;
