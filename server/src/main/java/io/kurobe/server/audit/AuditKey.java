package io.kurobe.server.audit;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;

/**
 * The Ed25519 key by which a gateway signs its checkpoints, made at its first start. The private
 * half is in a file that its owner alone may read, the public half in one beside it, which is to be
 * kept elsewhere too: who can write both the records and the key could sign a chain of their own.
 */
public final class AuditKey {
  public static final String PRIVATE_FILE = "audit-key.pem";
  public static final String PUBLIC_FILE = "audit-key.pub.pem";

  private static final String ALGORITHM = "Ed25519";

  private final PrivateKey privateKey;
  private final PublicKey publicKey;

  private AuditKey(PrivateKey privateKey, PublicKey publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /**
   * The key of a directory, made if there is none.
   *
   * @throws KurobeException CONFIGURATION if it cannot be read or made
   */
  public static AuditKey of(Path directory) {
    Path secret = directory.resolve(PRIVATE_FILE);
    Path open = directory.resolve(PUBLIC_FILE);
    try {
      if (!Files.exists(secret)) {
        Files.createDirectories(directory);
        KeyPair made = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        Files.writeString(open, pem("PUBLIC KEY", made.getPublic().getEncoded()));
        write(secret, pem("PRIVATE KEY", made.getPrivate().getEncoded()));
      }
      KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
      return new AuditKey(
          keys.generatePrivate(new PKCS8EncodedKeySpec(bytes(Files.readString(secret)))),
          keys.generatePublic(new X509EncodedKeySpec(bytes(Files.readString(open)))));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new KurobeException(
              ErrorCode.CONFIGURATION, "the key of the audit in " + directory + " is of no use", e)
          .withHint("Put back " + PRIVATE_FILE + " and " + PUBLIC_FILE + ", or make it writable.");
    }
  }

  private static void write(Path file, String text) throws IOException {
    Path made = Files.createTempFile(file.toAbsolutePath().getParent(), "audit", ".new");
    if (made.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
    }
    Files.writeString(made, text);
    Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** A public key from its text. */
  public static PublicKey readPublic(String pem) {
    try {
      return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(bytes(pem)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new KurobeException(ErrorCode.CONFIGURATION, "this is no public key of an audit", e);
    }
  }

  private static String pem(String kind, byte[] bytes) {
    return "-----BEGIN "
        + kind
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
        + "\n-----END "
        + kind
        + "-----\n";
  }

  private static byte[] bytes(String pem) {
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
  }

  public PublicKey publicKey() {
    return publicKey;
  }

  /** The public half as text. */
  public String publicPem() {
    return text(publicKey);
  }

  private static String text(PublicKey key) {
    return pem("PUBLIC KEY", key.getEncoded());
  }

  /** The name of the chain that this key signs. */
  public String chain() {
    return chain(publicKey);
  }

  /** The name of the chain that the private half of a key signs. */
  public static String chain(PublicKey key) {
    return AuditRecord.sha256(text(key)).substring(0, 16);
  }

  /** Signs where a chain is now. */
  public Checkpoint checkpoint(AuditChain at, Instant now) {
    Checkpoint unsigned = new Checkpoint(at.chain(), at.sequence(), now, at.hash(), "");
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(privateKey);
      signature.update(unsigned.signed());
      return new Checkpoint(
          at.chain(),
          at.sequence(),
          now,
          at.hash(),
          Base64.getEncoder().encodeToString(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a checkpoint could not be signed", e);
    }
  }

  /** Whether a checkpoint was signed by the private half of a key. */
  static boolean isSigned(Checkpoint checkpoint, PublicKey by) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(by);
      signature.update(checkpoint.signed());
      return signature.verify(Base64.getDecoder().decode(checkpoint.signature()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
