/** Which part runs where, and the SQL each part becomes. */
@NullMarked
package io.kurobe.planner.fragment;

import org.jspecify.annotations.NullMarked;
