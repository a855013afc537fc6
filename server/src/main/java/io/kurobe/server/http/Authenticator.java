package io.kurobe.server.http;

import io.kurobe.planner.session.Principal;
import java.util.Optional;

/** Says who sends a request. Threads share it. */
interface Authenticator {
  /**
   * The sender.
   *
   * @param authorization the request's {@code Authorization} header
   * @throws io.kurobe.adapters.error.KurobeException AUTHENTICATION_FAILED
   */
  Principal authenticate(Optional<String> authorization);
}
