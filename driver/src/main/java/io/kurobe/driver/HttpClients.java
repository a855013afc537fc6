package io.kurobe.driver;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP clients of this process: one, hence one selector thread and one pool, for all
 * connections that trust the same certificates; made when needed.
 */
final class HttpClients {
  /** Certificates are replaced once in months, and few programs know many servers. */
  private static final int MOST = 16;

  private static final Map<String, HttpClient> BY_CERTIFICATES = new ConcurrentHashMap<>();

  private HttpClients() {}

  /** The client for a connection's settings. */
  static HttpClient of(ConnectionSettings settings) throws SQLException {
    Optional<String> file = settings.text(DriverProperty.TLS_CERTIFICATE);
    if (file.isEmpty()) {
      return TrustingTheRuntime.INSTANCE;
    }
    // By what is in the file: one that was replaced is read again.
    String pem = read(file.get());
    HttpClient known = BY_CERTIFICATES.get(pem);
    if (known != null) {
      return known;
    }
    HttpClient made = builder().sslContext(trusting(pem, file.get())).build();
    if (BY_CERTIFICATES.size() >= MOST) {
      BY_CERTIFICATES.clear();
    }
    HttpClient raced = BY_CERTIFICATES.putIfAbsent(pem, made);
    return raced == null ? made : raced;
  }

  private static HttpClient.Builder builder() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER);
  }

  private static String read(String file) throws SQLException {
    try {
      return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
    } catch (IOException | InvalidPathException e) {
      throw unusable(file, "it cannot be read", e);
    }
  }

  private static SSLContext trusting(String pem, String file) throws SQLException {
    try {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1)));
      if (certificates.isEmpty()) {
        throw unusable(file, "it holds no certificate", null);
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("trusted-" + count++, certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw unusable(file, "it holds no certificates in PEM", e);
    }
  }

  private static SQLException unusable(String file, String why, @Nullable Throwable cause) {
    return SqlErrors.of(
        SqlErrors.CONNECTION_REFUSED,
        0,
        "the file " + file + " of tlsCertificate cannot be used: " + why,
        cause);
  }

  private static final class TrustingTheRuntime {
    static final HttpClient INSTANCE = builder().build();
  }
}
