package io.kurobe.server.security;

import io.kurobe.server.session.Caller;
import java.util.Optional;

/** Says who sends a request. Threads share it. */
public interface Authenticator {
  /**
   * The sender.
   *
   * @param authorization the request's {@code Authorization} header
   * @param address from where it comes, without the port
   * @throws io.kurobe.adapters.error.KurobeException AUTHENTICATION_FAILED
   */
  Caller authenticate(Optional<String> authorization, String address);
}
