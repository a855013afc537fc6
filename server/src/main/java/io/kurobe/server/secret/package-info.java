/** The credentials of sources at rest: encrypted, under a key that is kept elsewhere. */
@NullMarked
package io.kurobe.server.secret;

import org.jspecify.annotations.NullMarked;
