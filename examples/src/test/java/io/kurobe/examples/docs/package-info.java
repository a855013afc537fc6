/** Tests of what the pages in {@code docs} say of the tests. */
@NullMarked
package io.kurobe.examples.docs;

import org.jspecify.annotations.NullMarked;
