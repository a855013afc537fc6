/**
 * The audit: who did what, in records that are chained by their hashes and signed every so often,
 * so that none can be changed or taken out unseen.
 */
@NullMarked
package io.kurobe.server.audit;

import org.jspecify.annotations.NullMarked;
