package io.kurobe.server.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Private keys as PEM has them (RFC 7468): PKCS #8, encrypted or not. */
final class PemKey {
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ([A-Z ]*)PRIVATE KEY-----([A-Za-z0-9+/=\\s]*)-----END [A-Z ]*PRIVATE"
              + " KEY-----");

  private PemKey() {}

  /**
   * Reads a key.
   *
   * @param algorithm of the certificate that it belongs to
   * @throws GeneralSecurityException if the text is no such key, or the password is not its own;
   *     its message says what to do
   */
  static PrivateKey read(String pem, String algorithm, Optional<String> password)
      throws GeneralSecurityException {
    Matcher block = BLOCK.matcher(pem);
    if (!block.find()) {
      throw new GeneralSecurityException("it has no BEGIN PRIVATE KEY");
    }
    byte[] bytes = Base64.getMimeDecoder().decode(block.group(2));
    KeySpec spec =
        switch (block.group(1).strip()) {
          case "" -> new PKCS8EncodedKeySpec(bytes);
          case "ENCRYPTED" ->
              decrypted(
                  bytes,
                  password.orElseThrow(
                      () -> new GeneralSecurityException("it is encrypted: tls needs a password")));
          default ->
              throw new GeneralSecurityException(
                  "it is of a form of its own kind of key:"
                      + " rewrite it with openssl pkcs8 -topk8 -nodes");
        };
    return KeyFactory.getInstance(algorithm).generatePrivate(spec);
  }

  private static KeySpec decrypted(byte[] bytes, String password) throws GeneralSecurityException {
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(bytes);
      // Of PBES2 the parameters alone tell by what the key is encrypted, and only as their text.
      String algorithm = String.valueOf(info.getAlgParameters());
      SecretKey secret =
          SecretKeyFactory.getInstance(algorithm)
              .generateSecret(new PBEKeySpec(password.toCharArray()));
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(Cipher.DECRYPT_MODE, secret, info.getAlgParameters());
      return info.getKeySpec(cipher);
    } catch (IOException e) {
      throw new GeneralSecurityException(
          "it is no PKCS #8, or encrypted by what Java does not know:"
              + " rewrite it with openssl pkcs8 -topk8 -v2 aes-256-cbc",
          e);
    } catch (GeneralSecurityException e) {
      throw new GeneralSecurityException("it cannot be decrypted: is the password its own?", e);
    }
  }
}
