package io.kurobe.server.config;

import java.nio.file.Path;
import java.util.Optional;

/** Reads the section {@code server.tls:}. */
final class TlsReader {
  private TlsReader() {}

  /** What it says; empty if it is not there. */
  static Optional<TlsSettings> read(Section server, Path directory) {
    if (!server.has("tls")) {
      return Optional.empty();
    }
    Section section = server.section("tls");
    Optional<Path> keyStore = section.text("keyStore").map(directory::resolve);
    Optional<Path> certificate = section.text("certificate").map(directory::resolve);
    Optional<Path> key = section.text("key").map(directory::resolve);
    Optional<String> password = section.text("password");
    section.finish();
    if (keyStore.isPresent() && (certificate.isPresent() || key.isPresent())) {
      section.problem("keyStore", "'tls' has either 'keyStore' or 'certificate' and 'key'");
      return Optional.empty();
    }
    if (keyStore.isPresent()) {
      if (password.isEmpty()) {
        section.problem("keyStore", "'tls' has a 'keyStore' and needs its 'password'");
      }
      return Optional.of(
          new TlsSettings.KeyStoreFile(keyStore.get().normalize(), password.orElse("")));
    }
    if (certificate.isEmpty() || key.isEmpty()) {
      section.problem("'tls' needs 'keyStore', or 'certificate' and 'key'");
      return Optional.empty();
    }
    return Optional.of(
        new TlsSettings.PemFiles(certificate.get().normalize(), key.get().normalize(), password));
  }
}
