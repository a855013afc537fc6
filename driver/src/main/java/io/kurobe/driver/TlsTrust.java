package io.kurobe.driver;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What makes the sockets of connections that speak TLS: it trusts what the Java runtime trusts, or
 * the certificates of a file alone. One for all connections that trust the same certificates, so
 * that their TLS sessions are resumed.
 */
final class TlsTrust {
  /** Certificates are replaced once in months, and few programs know many servers. */
  private static final int MOST = 16;

  private static final Map<String, SSLSocketFactory> BY_CERTIFICATES = new ConcurrentHashMap<>();

  private TlsTrust() {}

  /** What makes sockets for a connection's settings; empty if it does not speak TLS. */
  static Optional<SSLSocketFactory> of(ConnectionSettings settings) throws SQLException {
    if (!settings.tls()) {
      return Optional.empty();
    }
    Optional<String> file = settings.text(DriverProperty.TLS_CERTIFICATE);
    if (file.isEmpty()) {
      return Optional.of(trustingTheRuntime());
    }
    // By what is in the file: one that was replaced is read again.
    String pem = read(file.get());
    SSLSocketFactory known = BY_CERTIFICATES.get(pem);
    if (known != null) {
      return Optional.of(known);
    }
    SSLSocketFactory made = trusting(pem, file.get()).getSocketFactory();
    if (BY_CERTIFICATES.size() >= MOST) {
      BY_CERTIFICATES.clear();
    }
    SSLSocketFactory raced = BY_CERTIFICATES.putIfAbsent(pem, made);
    return Optional.of(raced == null ? made : raced);
  }

  private static SSLSocketFactory trustingTheRuntime() throws SQLException {
    try {
      return SSLContext.getDefault().getSocketFactory();
    } catch (NoSuchAlgorithmException e) {
      throw SqlErrors.of(
          SqlErrors.CONNECTION_REFUSED, 0, "the Java runtime's own TLS cannot be used", e);
    }
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
}
