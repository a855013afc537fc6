/** From the SQL that models write, whatever database they learnt it from, to Kurobe's. */
@NullMarked
package io.kurobe.nl2sql.dialect;

import org.jspecify.annotations.NullMarked;
