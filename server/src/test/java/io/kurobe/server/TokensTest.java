package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.sql.Connection;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of an issuer whose keys come over HTTP, through our driver. */
@Timeout(120)
class TokensTest {
  private static final String ISSUER = "https://id.example/";

  @TempDir private static Path directory;
  private static RSAKey rsa;
  private static ECKey ec;
  private static KeyPair ed;
  private static HttpServer issuer;
  private static final AtomicInteger FETCHES = new AtomicInteger();
  private static volatile String published = "";
  private static GuardedGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
    ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
    ed = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] encoded = ed.getPublic().getEncoded();
    OctetKeyPair okp =
        new OctetKeyPair.Builder(
                Curve.Ed25519,
                Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)))
            .keyID("ed")
            .build();
    publish(rsa, ec, okp);
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.createContext(
        "/keys",
        exchange -> {
          FETCHES.incrementAndGet();
          byte[] body = published.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    issuer.start();
    gateway =
        GuardedGateway.start(
            directory, jwt("http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys"), "");
  }

  private static String jwt(String jwks) {
    return "  jwt: {issuer: \""
        + ISSUER
        + "\", audience: kurobe, jwks: \""
        + jwks
        + "\", rolesClaim: realm_access.roles, claims: [region], clockSkew: 30s}\n";
  }

  @AfterAll
  static void stop() {
    gateway.close();
    issuer.stop(0);
  }

  private static void publish(JWK... keys) {
    published = new JWKSet(List.of(keys)).toPublicJWKSet().toString();
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(List.of("other", "kurobe"))
        .subject("tess")
        .expirationTime(Date.from(Instant.now().plusSeconds(60)));
  }

  private static String signed(
      JWSAlgorithm algorithm, String kid, JWSSigner signer, JWTClaimsSet claims)
      throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(kid).build(), claims);
    token.sign(signer);
    return token.serialize();
  }

  private static String byRsa(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
    return signed(JWSAlgorithm.RS256, "rsa", new RSASSASigner(rsa), change.apply(claims()).build());
  }

  private static String byEd(JWTClaimsSet claims) throws GeneralSecurityException {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.EdDSA).keyID("ed").build();
    String input = header.toBase64URL() + "." + Base64URL.encode(claims.toString());
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(ed.getPrivate());
    signature.update(input.getBytes(StandardCharsets.US_ASCII));
    return input + "." + Base64URL.encode(signature.sign());
  }

  private static String state(String token) {
    return SqlStates.of(() -> gateway.connectBy("token", token).close());
  }

  @Test
  void believesTheThreeAlgorithms() throws Exception {
    assertThat(state(byRsa(c -> c))).isEqualTo("null");
    assertThat(state(signed(JWSAlgorithm.ES256, "ec", new ECDSASigner(ec), claims().build())))
        .isEqualTo("null");
    assertThat(state(byEd(claims().build()))).isEqualTo("null");
  }

  @Test
  void rolesOfATokenAreTheUsers() throws Exception {
    String token =
        byRsa(
            c -> c.claim("realm_access", Map.of("roles", List.of("admin"))).claim("region", "eu"));
    try (Connection connection = gateway.connectBy("token", token)) {
      // Who administers sees all users.
      assertThat(GuardedGateway.one(connection, "SHOW USERS")).isEqualTo("root");
    }
    try (Connection connection = gateway.connectBy("token", byRsa(c -> c))) {
      assertThat(GuardedGateway.one(connection, "SHOW USERS")).isEmpty();
      assertThat(SqlStates.of(() -> GuardedGateway.one(connection, "CREATE API KEY k")))
          .isEqualTo("42704");
    }
  }

  @Test
  void refusesWhatIsExpiredEarlyOrElsewhereMeant() throws Exception {
    Instant now = Instant.now();
    assertThat(state(byRsa(c -> c.expirationTime(Date.from(now.minusSeconds(20))))))
        .as("within the skew of clocks")
        .isEqualTo("null");
    assertThat(state(byRsa(c -> c.notBeforeTime(Date.from(now.plusSeconds(20))))))
        .isEqualTo("null");
    for (String token :
        List.of(
            byRsa(c -> c.expirationTime(Date.from(now.minusSeconds(40)))),
            byRsa(c -> c.notBeforeTime(Date.from(now.plusSeconds(40)))),
            byRsa(c -> c.expirationTime(null)),
            byRsa(c -> c.audience("other")),
            byRsa(c -> c.audience(List.of())),
            byRsa(c -> c.issuer("https://id.example")),
            byRsa(c -> c.issuer(null)),
            byRsa(c -> c.subject(null)),
            byRsa(c -> c.subject("a:b")),
            byRsa(c -> c.subject(" ")))) {
      assertThat(state(token)).as(token).isEqualTo("28000");
    }
  }

  @Test
  void refusesWhatIsForged() throws Exception {
    String good = byRsa(c -> c);
    String[] parts = good.split("\\.");
    RSAKey another = new RSAKeyGenerator(2048).keyID("rsa").generate();
    byte[] publicKey = rsa.toRSAPublicKey().getEncoded();
    String pem = TestKeys.pem("PUBLIC KEY", publicKey);
    SignedJWT bringsItsKey =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(another.toPublicJWK()).build(),
            claims().build());
    bringsItsKey.sign(new RSASSASigner(another));
    SignedJWT critical =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("rsa")
                .criticalParams(java.util.Set.of("x"))
                .customParam("x", 1)
                .build(),
            claims().build());
    critical.sign(new RSASSASigner(rsa));
    for (String token :
        List.of(
            new PlainJWT(claims().build()).serialize(),
            parts[0] + "." + parts[1] + ".",
            parts[0]
                + "."
                + Base64URL.encode(claims().subject("root").build().toString())
                + "."
                + parts[2],
            Base64URL.encode("{\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2],
            Base64URL.encode("{\"alg\":\"nOnE\"}") + "." + parts[1] + ".",
            signed(JWSAlgorithm.HS256, "rsa", new MACSigner(publicKey), claims().build()),
            signed(
                JWSAlgorithm.HS256,
                "rsa",
                new MACSigner(pem.getBytes(StandardCharsets.UTF_8)),
                claims().build()),
            signed(JWSAlgorithm.RS256, "rsa", new RSASSASigner(another), claims().build()),
            signed(JWSAlgorithm.RS512, "rsa", new RSASSASigner(rsa), claims().build()),
            bringsItsKey.serialize(),
            critical.serialize(),
            // A signature of nothing but zeros.
            signed(JWSAlgorithm.ES256, "ec", new ECDSASigner(ec), claims().build())
                    .replaceAll("\\.[^.]*$", ".")
                + Base64URL.encode(new byte[64]),
            "a.b.c",
            "x".repeat(7_000))) {
      assertThat(state(token)).as(token).isEqualTo("28000");
    }
  }

  @Test
  void aDisabledUsersTokenIsRefusedAtItsNextRequest() throws Exception {
    gateway.administer("CREATE USER gone");
    String token = byRsa(c -> c.subject("GONE"));
    try (Connection connection = gateway.connectBy("token", token)) {
      assertThat(GuardedGateway.one(connection, "SHOW USERS")).isEqualTo("gone");
      gateway.administer("ALTER USER gone DISABLE");
      assertThat(SqlStates.of(() -> GuardedGateway.one(connection, "SELECT 1"))).isEqualTo("28000");
    }
    assertThat(state(token)).isEqualTo("28000");
  }

  @Test
  void findsKeysThatWereReplacedAndDoesNotAskForEachUnknownOne(@TempDir Path own) throws Exception {
    RSAKey next = new RSAKeyGenerator(2048).keyID("next").generate();
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    AtomicInteger fetches = new AtomicInteger();
    String[] keys = {new JWKSet(rsa.toPublicJWK()).toString()};
    other.createContext(
        "/",
        exchange -> {
          fetches.incrementAndGet();
          byte[] body = keys[0].getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    other.start();
    String address = "http://127.0.0.1:" + other.getAddress().getPort() + "/";
    try (GuardedGateway rotating = GuardedGateway.start(own, jwt(address), "")) {
      rotating.connectBy("token", byRsa(c -> c)).close();
      keys[0] = new JWKSet(next.toPublicJWK()).toString();
      String rotated = signed(JWSAlgorithm.RS256, "next", new RSASSASigner(next), claims().build());
      rotating.connectBy("token", rotated).close();
      String retired = byRsa(c -> c);
      assertThat(SqlStates.of(() -> rotating.connectBy("token", retired).close()))
          .isEqualTo("28000");
      for (int i = 0; i < 30; i++) {
        String unknown =
            signed(JWSAlgorithm.RS256, "k" + i, new RSASSASigner(next), claims().build());
        assertThat(SqlStates.of(() -> rotating.connectBy("token", unknown).close()))
            .isEqualTo("28000");
      }
      assertThat(fetches.get()).isLessThan(8);
    } finally {
      other.stop(0);
    }
  }

  @Test
  void keysMayBeInAFileThatIsReplaced(@TempDir Path own) throws Exception {
    Path file = own.resolve("keys.json");
    Files.writeString(file, new JWKSet(ec.toPublicJWK()).toString());
    try (GuardedGateway local = GuardedGateway.start(own, jwt("keys.json"), "")) {
      local
          .connectBy(
              "token", signed(JWSAlgorithm.ES256, "ec", new ECDSASigner(ec), claims().build()))
          .close();
      Files.writeString(file, new JWKSet(rsa.toPublicJWK()).toString());
      local.connectBy("token", byRsa(c -> c)).close();
    }
  }

  @Test
  void anIssuerThatIsDownIsNoWayIn(@TempDir Path own) throws JOSEException {
    String token = byRsa(c -> c);
    try (GuardedGateway alone = GuardedGateway.start(own, jwt("http://127.0.0.1:9/keys"), "")) {
      assertThat(SqlStates.of(() -> alone.connectBy("token", token).close())).isEqualTo("28000");
      assertThat(alone.stateOf(GuardedGateway.ADMIN, GuardedGateway.PASSWORD)).isEqualTo("null");
    }
  }
}
