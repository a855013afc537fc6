package io.kurobe.server.http;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.server.avatica.AvaticaEndpoint;
import io.kurobe.server.avatica.AvaticaEndpoint.Encoding;
import io.kurobe.server.security.Authenticator;
import io.kurobe.server.session.Caller;
import io.kurobe.server.wire.WireAnswer;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Stands before everything: no request goes on without a caller. Only whether the gateway lives may
 * be asked by anyone.
 */
final class AuthenticationHandler extends Handler.Wrapper {
  private static final String CALLER = AuthenticationHandler.class.getName() + ".caller";
  private static final String ALIVE = "/health/live";
  private static final String BASIC = "Basic realm=\"Kurobe\", charset=\"UTF-8\"";
  private static final String BEARER = "Bearer realm=\"Kurobe\"";
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int UNAVAILABLE = 503;

  private final Authenticator authenticator;

  AuthenticationHandler(Authenticator authenticator, Handler next) {
    super(next);
    this.authenticator = authenticator;
  }

  static Caller caller(Request request) {
    return (Caller) request.getAttribute(CALLER);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (Request.getPathInContext(request).equals(ALIVE)) {
      Answers.text(response, OK, "alive", callback);
      return true;
    }
    try {
      request.setAttribute(
          CALLER, authenticator.authenticate(proof(request), Request.getRemoteAddr(request)));
    } catch (KurobeException e) {
      refuse(request, response, e, callback);
      return true;
    }
    return super.handle(request, response, callback);
  }

  /** Of two proofs, something before the gateway might have looked at the other. */
  private static Optional<String> proof(Request request) {
    List<String> proofs = request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION);
    if (proofs.size() > 1) {
      throw new KurobeException(
          ErrorCode.AUTHENTICATION_FAILED, "the request says more than once who sends it");
    }
    return proofs.stream().findFirst();
  }

  private static void refuse(
      Request request, Response response, KurobeException error, Callback callback) {
    // A body that was not read must not be taken for the next request.
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    if (error.code() == ErrorCode.AUTHENTICATION_FAILED) {
      response.getHeaders().add(HttpHeader.WWW_AUTHENTICATE, BASIC);
      response.getHeaders().add(HttpHeader.WWW_AUTHENTICATE, BEARER);
    }
    if (Routes.isWire(request)) {
      Routes.write(response, WireAnswer.failure(error), callback);
      return;
    }
    AvaticaEndpoint.Answer answer = AvaticaEndpoint.failure(Encoding.JSON, error);
    int status = error.code() == ErrorCode.AUTHENTICATION_FAILED ? UNAUTHORIZED : UNAVAILABLE;
    Answers.write(response, status, answer.encoding().contentType(), answer.body(), callback);
  }
}
