/** Language models as they are reached: over HTTP by each provider's protocol, or from a file. */
@NullMarked
package io.kurobe.nl2sql.model.provider;

import org.jspecify.annotations.NullMarked;
