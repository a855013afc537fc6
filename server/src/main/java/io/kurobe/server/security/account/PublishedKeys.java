package io.kurobe.server.security.account;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The keys that an issuer publishes (JWKS, RFC 7517), at an address or in a file. They are read
 * anew after a while and when a token names one that is not there, which is how keys are replaced;
 * an issuer that cannot be reached is given time.
 */
final class PublishedKeys {
  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final Duration KEPT_IF_DOWN = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration AT_MOST_EVERY = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 512 * 1024;

  private PublishedKeys() {}

  static JWKSource<SecurityContext> at(URI where) {
    ResourceRetriever reading =
        "file".equals(where.getScheme())
            ? PublishedKeys::readFile
            : new DefaultResourceRetriever(
                (int) PATIENCE.toMillis(), (int) PATIENCE.toMillis(), MOST_BYTES);
    try {
      return JWKSourceBuilder.create(where.toURL(), reading)
          .cache(KEPT.toMillis(), 4 * PATIENCE.toMillis())
          .refreshAheadCache(false)
          .rateLimited(AT_MOST_EVERY.toMillis())
          .outageTolerant(KEPT_IF_DOWN.toMillis())
          .build();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("the address was checked when it was read", e);
    }
  }

  private static Resource readFile(URL file) throws IOException {
    try (InputStream in = Files.newInputStream(Path.of(URI.create(file.toString())))) {
      return new Resource(
          new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8), "application/json");
    }
  }
}
