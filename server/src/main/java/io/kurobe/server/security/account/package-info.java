/** Users and what proves that it is they: passwords, API keys, tokens. */
@NullMarked
package io.kurobe.server.security.account;

import org.jspecify.annotations.NullMarked;
