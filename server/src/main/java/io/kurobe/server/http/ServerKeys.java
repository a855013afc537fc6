package io.kurobe.server.http;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The server's private key and certificates, in files that may be replaced while it runs. Threads
 * share it.
 */
public final class ServerKeys {
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  private final List<Path> files;
  private final char[] password;
  private final Reader reader;

  private ServerKeys(List<Path> files, String password, Reader reader) {
    this.files = List.copyOf(files);
    this.password = password.toCharArray();
    this.reader = reader;
  }

  private interface Reader {
    KeyStore read() throws GeneralSecurityException, IOException;
  }

  /** Both in a key store, whose password is the key's too. */
  public static ServerKeys ofKeyStore(Path file, String password) {
    return new ServerKeys(List.of(file), password, () -> keyStore(file, password.toCharArray()));
  }

  /** Each in a file of PEM. */
  public static ServerKeys ofPem(Path certificate, Path key, Optional<String> password) {
    return new ServerKeys(List.of(certificate, key), "", () -> pem(certificate, key, password));
  }

  /** The files it reads. */
  List<Path> files() {
    return files;
  }

  /**
   * Reads the files.
   *
   * @throws KurobeException CONFIGURATION, which names the file, if they do not hold what they must
   */
  SSLContext load() {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(reader.read(), password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw unusable(files.get(files.size() - 1), "it does not give a key for TLS", e);
    } catch (IOException e) {
      throw unusable(files.get(0), "it cannot be read", e);
    }
  }

  private static KeyStore keyStore(Path file, char[] password)
      throws GeneralSecurityException, IOException {
    KeyStore store;
    try {
      Files.newInputStream(file).close();
      store = KeyStore.getInstance(file.toFile(), password);
    } catch (NoSuchFileException e) {
      throw unusable(file, "there is no such file", e);
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(file, "it is no key store, or its password is another", e);
    }
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        return store;
      }
    }
    throw unusable(file, "it holds no private key", null);
  }

  private static KeyStore pem(Path certificate, Path key, Optional<String> password)
      throws GeneralSecurityException, IOException {
    Certificate[] chain = certificates(certificate);
    PrivateKey secret;
    try {
      String text = new String(bytes(key), StandardCharsets.ISO_8859_1);
      secret = PemKey.read(text, chain[0].getPublicKey().getAlgorithm(), password);
    } catch (GeneralSecurityException e) {
      throw unusable(key, String.valueOf(e.getMessage()), e);
    }
    if (!belong(secret, chain[0].getPublicKey())) {
      throw unusable(key, "it is not the key of the first certificate in " + certificate, null);
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("server", secret, new char[0], chain);
    return store;
  }

  private static Certificate[] certificates(Path file) throws IOException {
    try (InputStream in = new ByteArrayInputStream(bytes(file))) {
      Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(in)
              .toArray(new Certificate[0]);
      if (chain.length == 0) {
        throw unusable(file, "it holds no certificate", null);
      }
      return chain;
    } catch (GeneralSecurityException e) {
      throw unusable(file, "it holds no certificates in PEM", e);
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw unusable(file, "there is no such file", e);
    }
  }

  /** Two files are not replaced at once: what one signs the other must know. */
  private static boolean belong(PrivateKey key, PublicKey certified)
      throws GeneralSecurityException {
    String algorithm = SIGNATURES.get(certified.getAlgorithm());
    if (algorithm == null) {
      return true;
    }
    byte[] text = {1, 2, 3};
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(key);
    signing.update(text);
    Signature knowing = Signature.getInstance(algorithm);
    knowing.initVerify(certified);
    knowing.update(text);
    return knowing.verify(signing.sign());
  }

  private static KurobeException unusable(Path file, String why, @Nullable Throwable cause) {
    return new KurobeException(
            ErrorCode.CONFIGURATION, "the file " + file + " cannot be used for TLS: " + why, cause)
        .withHint("Look at server.tls.");
  }
}
