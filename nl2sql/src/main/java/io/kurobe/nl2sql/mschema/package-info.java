/** The catalog in the form in which models are told of it: M-Schema. */
@NullMarked
package io.kurobe.nl2sql.mschema;

import org.jspecify.annotations.NullMarked;
