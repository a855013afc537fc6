@NullMarked
package io.kurobe.planner.privacy;

import org.jspecify.annotations.NullMarked;
