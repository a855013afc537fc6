/**
 * From a proposal to a candidate: translated, parsed, bound, authorized and, if need be, repaired.
 */
@NullMarked
package io.kurobe.nl2sql.validate;

import org.jspecify.annotations.NullMarked;
