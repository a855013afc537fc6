package io.kurobe.server.http;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.server.avatica.AvaticaEndpoint;
import io.kurobe.server.avatica.AvaticaEndpoint.Answer;
import io.kurobe.server.wire.WireAnswer;
import java.io.InputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Tells whoever comes without TLS to a port of TLS what is missing, in the form it reads; before
 * anything of the request is looked at.
 */
final class TlsOnly extends Handler.Wrapper {
  private static final int BAD_REQUEST = 400;

  /** As much of a body as tells which encoding it has. */
  private static final int BEGINNING = 64;

  TlsOnly(Handler handler) {
    super(handler);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (request.getConnectionMetaData().isSecure()) {
      return super.handle(request, response, callback);
    }
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    if (!request.getMethod().equals("POST")) {
      Answers.text(response, BAD_REQUEST, "This port speaks TLS: use https.", callback);
      return true;
    }
    KurobeException error =
        new KurobeException(ErrorCode.TLS_REQUIRED, "the server speaks TLS at this port")
            .withHint("Connect with tls=true, or over https.");
    if (Routes.isWire(request)) {
      Routes.write(response, WireAnswer.failure(error), callback);
      return true;
    }
    String type = String.valueOf(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
    byte[] beginning;
    try (InputStream in = Content.Source.asInputStream(request)) {
      beginning = in.readNBytes(BEGINNING);
    }
    Answer answer = AvaticaEndpoint.failure(AvaticaEndpoint.encodingOf(type, beginning), error);
    Answers.write(
        response, answer.status(), answer.encoding().contentType(), answer.body(), callback);
    return true;
  }
}
