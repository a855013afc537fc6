/** Who may see what, enforced on the bound tree. */
@NullMarked
package io.kurobe.planner.authorize;

import org.jspecify.annotations.NullMarked;
