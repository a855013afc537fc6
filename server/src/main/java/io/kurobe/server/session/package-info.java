/** Connections: who opened them, and the session each one carries. */
@NullMarked
package io.kurobe.server.session;

import org.jspecify.annotations.NullMarked;
