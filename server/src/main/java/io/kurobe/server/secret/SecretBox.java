package io.kurobe.server.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * Encrypts secrets with AES-256-GCM, by Tink. The name of a secret is part of what is
 * authenticated, so that one cannot be put in the place of another. Threads share it.
 */
public final class SecretBox {
  private static final String CONTEXT = "kurobe secret ";

  private final Aead aead;

  private SecretBox(Aead aead) {
    this.aead = aead;
  }

  /**
   * A box of a key.
   *
   * @param keyset a keyset of Tink in JSON, as {@link #newKey} gives one
   * @throws KurobeException CONFIGURATION if it is none; the message holds nothing of it
   */
  public static SecretBox of(String keyset) {
    try {
      AeadConfig.register();
      KeysetHandle handle =
          TinkJsonProtoKeysetFormat.parseKeyset(keyset, InsecureSecretKeyAccess.get());
      return new SecretBox(handle.getPrimitive(RegistryConfiguration.get(), Aead.class));
    } catch (GeneralSecurityException e) {
      // Its cause may quote the text.
      throw new KurobeException(
              ErrorCode.CONFIGURATION, "the key of the secrets is no key for AES-256-GCM")
          .withHint("'kurobe secret key' writes a new one; KUROBE_KEY or security.key has it.");
    }
  }

  /** A new key, as the text of a keyset. */
  public static String newKey() {
    try {
      AeadConfig.register();
      return TinkJsonProtoKeysetFormat.serializeKeyset(
          KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM),
          InsecureSecretKeyAccess.get());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key could not be made", e);
    }
  }

  /** A secret as it is kept: in base64, and other each time. */
  public String seal(String name, String secret) {
    try {
      return Base64.getEncoder()
          .encodeToString(aead.encrypt(secret.getBytes(StandardCharsets.UTF_8), associated(name)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a secret could not be encrypted", e);
    }
  }

  /**
   * The secret of what is kept.
   *
   * @throws KurobeException CONFIGURATION if it is not of this key and this name
   */
  public String open(String name, String ciphertext) {
    try {
      return new String(
          aead.decrypt(Base64.getDecoder().decode(ciphertext), associated(name)),
          StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new KurobeException(
              ErrorCode.CONFIGURATION, "the secret " + name + " was kept under another key")
          .withHint("Give the key it was set with, or set it again: kurobe secret set " + name);
    }
  }

  private static byte[] associated(String name) {
    return (CONTEXT + name).getBytes(StandardCharsets.UTF_8);
  }
}
