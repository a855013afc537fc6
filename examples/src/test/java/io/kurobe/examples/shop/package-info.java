@NullMarked
package io.kurobe.examples.shop;

import org.jspecify.annotations.NullMarked;
