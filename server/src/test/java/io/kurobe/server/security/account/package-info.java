@NullMarked
package io.kurobe.server.security.account;

import org.jspecify.annotations.NullMarked;
