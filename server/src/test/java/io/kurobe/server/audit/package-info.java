@NullMarked
package io.kurobe.server.audit;

import org.jspecify.annotations.NullMarked;
