package io.kurobe.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * A key and the certificate of {@code localhost} that it signed itself, made by the JDK's keytool.
 *
 * @param store both, in PKCS12
 */
record TestKeys(Path store) {
  static final String PASSWORD = "changeit";
  private static final String ALIAS = "server";

  static TestKeys make(Path store, String algorithm) throws IOException, InterruptedException {
    Files.deleteIfExists(store);
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                algorithm,
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-validity",
                "10",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IOException("keytool failed: " + said);
    }
    return new TestKeys(store);
  }

  private KeyStore open() throws GeneralSecurityException, IOException {
    return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
  }

  X509Certificate certificate() throws GeneralSecurityException, IOException {
    return (X509Certificate) open().getCertificate(ALIAS);
  }

  /** Writes the certificate in PEM. */
  Path certificate(Path file) throws GeneralSecurityException, IOException {
    return Files.writeString(file, pem("CERTIFICATE", certificate().getEncoded()));
  }

  /** Writes the key in PEM. */
  Path key(Path file) throws GeneralSecurityException, IOException {
    Key key = open().getKey(ALIAS, PASSWORD.toCharArray());
    return Files.writeString(file, pem("PRIVATE KEY", key.getEncoded()));
  }

  static String pem(String what, byte[] bytes) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
  }
}
