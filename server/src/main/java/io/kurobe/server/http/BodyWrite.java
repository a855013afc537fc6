package io.kurobe.server.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingNestedCallback;

/**
 * Writes a body in pieces. What is on the heap is copied outside of it on its way to a socket, and
 * a JVM keeps the largest copy of each thread for as long as the thread lives: with pages of
 * megabytes and hundreds of threads that would be most of the memory that a gateway holds.
 */
final class BodyWrite extends IteratingNestedCallback {
  private static final int PIECE = 128 << 10;

  private final Response response;
  private final ByteBuffer body;
  private boolean begun;

  BodyWrite(Response response, ByteBuffer body, Callback callback) {
    super(callback);
    this.response = response;
    this.body = body;
  }

  @Override
  protected Action process() {
    if (begun && !body.hasRemaining()) {
      return Action.SUCCEEDED;
    }
    begun = true;
    int size = Math.min(body.remaining(), PIECE);
    ByteBuffer piece = body.slice(body.position(), size);
    body.position(body.position() + size);
    response.write(!body.hasRemaining(), piece, this);
    return Action.SCHEDULED;
  }
}
