/** The HTTP server: authentication in front of the endpoint, health and metrics. */
@NullMarked
package io.kurobe.server.http;

import org.jspecify.annotations.NullMarked;
