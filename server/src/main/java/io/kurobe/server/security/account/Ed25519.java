package io.kurobe.server.security.account;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.SignedJWT;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** Signatures of RFC 8037's EdDSA over the curve Ed25519, checked by the JDK. */
final class Ed25519 {
  /** What stands before the 32 bytes of a public key in X.509 (RFC 8410). */
  private static final byte[] BEFORE_KEY = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int KEY_BYTES = 32;

  private Ed25519() {}

  static boolean isSigned(SignedJWT token, OctetKeyPair key) {
    byte[] point = key.getDecodedX();
    if (!Curve.Ed25519.equals(key.getCurve()) || point.length != KEY_BYTES) {
      return false;
    }
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    encoded.writeBytes(BEFORE_KEY);
    encoded.writeBytes(point);
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new X509EncodedKeySpec(encoded.toByteArray())));
      signature.update(token.getSigningInput());
      return signature.verify(token.getSignature().decode());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
