/** Servers on loopback that speak the protocols of language models, for tests. */
@NullMarked
package io.kurobe.nl2sql.model.testing;

import org.jspecify.annotations.NullMarked;
