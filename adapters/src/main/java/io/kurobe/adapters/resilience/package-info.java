/** Guards around sources: what keeps one that is down from holding up who asks it. */
@NullMarked
package io.kurobe.adapters.resilience;

import org.jspecify.annotations.NullMarked;
