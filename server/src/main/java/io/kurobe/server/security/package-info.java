/** Who may use the gateway and what they may see: accounts, keys, roles, grants, filters, masks. */
@NullMarked
package io.kurobe.server.security;

import org.jspecify.annotations.NullMarked;
