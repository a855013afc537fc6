package io.kurobe.server.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/** The section {@code server.tls:}: where the server's key and certificates are. */
public sealed interface TlsSettings {
  /** Both in a key store, of PKCS12 or JKS. */
  record KeyStoreFile(Path file, String password) implements TlsSettings {
    public KeyStoreFile {
      requireNonNull(file, "file is null");
      requireNonNull(password, "password is null");
    }

    @Override
    public String toString() {
      return "KeyStoreFile[" + file + "]";
    }
  }

  /**
   * Each in a file of PEM.
   *
   * @param certificate the server's certificate, and those between it and its authority's
   * @param password of the key, if it is encrypted
   */
  record PemFiles(Path certificate, Path key, Optional<String> password) implements TlsSettings {
    public PemFiles {
      requireNonNull(certificate, "certificate is null");
      requireNonNull(key, "key is null");
      requireNonNull(password, "password is null");
    }

    @Override
    public String toString() {
      return "PemFiles[" + certificate + ", " + key + "]";
    }
  }
}
