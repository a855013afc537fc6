package io.kurobe.server.http;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.session.Principal;
import io.kurobe.server.avatica.AvaticaEndpoint;
import io.kurobe.server.avatica.AvaticaEndpoint.Encoding;
import io.kurobe.server.wire.WireAnswer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Stands before everything: no request goes on without a principal. */
final class AuthenticationHandler extends Handler.Wrapper {
  private static final String PRINCIPAL = AuthenticationHandler.class.getName() + ".principal";
  private static final int UNAUTHORIZED = 401;

  private final Authenticator authenticator;

  AuthenticationHandler(Authenticator authenticator, Handler next) {
    super(next);
    this.authenticator = authenticator;
  }

  static Principal principal(Request request) {
    return (Principal) request.getAttribute(PRINCIPAL);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    try {
      request.setAttribute(
          PRINCIPAL,
          authenticator.authenticate(
              Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION))));
    } catch (KurobeException e) {
      if (Routes.isWire(request)) {
        Routes.write(response, WireAnswer.failure(e), callback);
      } else {
        AvaticaEndpoint.Answer answer = AvaticaEndpoint.failure(Encoding.JSON, e);
        Answers.write(
            response, UNAUTHORIZED, answer.encoding().contentType(), answer.body(), callback);
      }
      return true;
    }
    return super.handle(request, response, callback);
  }
}
