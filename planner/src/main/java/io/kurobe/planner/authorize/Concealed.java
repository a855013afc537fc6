package io.kurobe.planner.authorize;

import java.util.Set;

/**
 * What of a plan's statements is not shown to whoever asked for it: how his view of the data is
 * restricted, and what a view reads under the rights of somebody else.
 *
 * @param filters whether the conditions of row filters are left out
 * @param constants the constants of masks, such as the salt of a digest: texts and numbers
 * @param all whether no statement is shown at all
 */
public record Concealed(boolean filters, Set<Object> constants, boolean all) {
  /** Everything is shown. */
  public static final Concealed NOTHING = new Concealed(false, Set.of(), false);

  public Concealed {
    constants = Set.copyOf(constants);
  }
}
