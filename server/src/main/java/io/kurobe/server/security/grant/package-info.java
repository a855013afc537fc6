/** Roles, grants, row filters and masks: where they are kept, what they come to, who says them. */
@NullMarked
package io.kurobe.server.security.grant;

import org.jspecify.annotations.NullMarked;
