package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.server.config.LimitSettings;
import io.kurobe.server.config.ServerSettings;
import io.kurobe.server.config.TlsSettings;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.AlgorithmParameters;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway with TLS at its port. */
@Timeout(90)
class TlsTest {
  private static final Map<String, TestKeys> made = new TreeMap<>();
  private static TestKeys other;

  @TempDir private Path directory;

  @BeforeAll
  static void make(@TempDir Path keys) throws Exception {
    for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
      made.put(algorithm, TestKeys.make(keys.resolve(algorithm + ".p12"), algorithm));
    }
    other = TestKeys.make(keys.resolve("other.p12"), "EC");
  }

  private TestGateway start(TlsSettings tls) {
    return TestGateway.start(
        new ServerSettings(
            "127.0.0.1",
            0,
            directory.resolve("state"),
            Optional.empty(),
            ZoneOffset.UTC,
            Duration.ofSeconds(1),
            Optional.of(tls)),
        LimitSettings.DEFAULT);
  }

  private static TlsSettings.KeyStoreFile store(TestKeys keys) {
    return new TlsSettings.KeyStoreFile(keys.store(), TestKeys.PASSWORD);
  }

  private TlsSettings.PemFiles pem(TestKeys keys) throws Exception {
    return new TlsSettings.PemFiles(
        keys.certificate(directory.resolve("server.crt")),
        keys.key(directory.resolve("server.key")),
        Optional.empty());
  }

  /** With the stock driver, which reads a trust store. */
  private Connection connect(TestGateway gateway, TestKeys trusted, String serialization)
      throws Exception {
    Path trust = directory.resolve("trust.p12");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("server", trusted.certificate());
    try (var out = Files.newOutputStream(trust)) {
      store.store(out, TestKeys.PASSWORD.toCharArray());
    }
    return DriverManager.getConnection(
        "jdbc:avatica:remote:url=https://localhost:"
            + gateway.port()
            + "/;serialization="
            + serialization
            + ";truststore="
            + trust
            + ";truststore_password="
            + TestKeys.PASSWORD);
  }

  private static void assertWorks(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("rows 3000")) {
      int count = 0;
      while (rows.next()) {
        count++;
      }
      assertThat(count).isEqualTo(3000);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void servesTheStockClientFromAKeyStore(String serialization) throws Exception {
    TestKeys keys = made.get("RSA");
    try (TestGateway gateway = start(store(keys));
        Connection connection = connect(gateway, keys, serialization)) {
      assertWorks(connection);
      assertThat(gateway.gateway().url())
          .isEqualTo("jdbc:kurobe://127.0.0.1:" + gateway.port() + "?tls=true");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void servesFromFilesOfPem(String algorithm) throws Exception {
    TestKeys keys = made.get(algorithm);
    try (TestGateway gateway = start(pem(keys));
        Connection connection = connect(gateway, keys, "json")) {
      assertWorks(connection);
    }
  }

  @Test
  void readsAnEncryptedKeyWithItsPasswordAlone() throws Exception {
    TestKeys keys = made.get("EC");
    Path certificate = keys.certificate(directory.resolve("server.crt"));
    String plain = Files.readString(keys.key(directory.resolve("plain.key")));
    Path encrypted =
        Files.writeString(directory.resolve("server.key"), encrypted(plain, "opensesame"));
    try (TestGateway gateway =
            start(new TlsSettings.PemFiles(certificate, encrypted, Optional.of("opensesame")));
        Connection connection = connect(gateway, keys, "json")) {
      assertWorks(connection);
    }
    for (Optional<String> wrong : List.of(Optional.<String>empty(), Optional.of("x"))) {
      assertThatThrownBy(
              () -> start(new TlsSettings.PemFiles(certificate, encrypted, wrong)).close())
          .isInstanceOf(KurobeException.class)
          .hasMessageContaining(encrypted.toString())
          .hasMessageContaining("password");
    }
  }

  private static String encrypted(String pem, String password) throws Exception {
    byte[] plain = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    String algorithm = "PBEWithHmacSHA256AndAES_256";
    SecretKey secret =
        SecretKeyFactory.getInstance(algorithm)
            .generateSecret(new PBEKeySpec(password.toCharArray()));
    Cipher cipher = Cipher.getInstance(algorithm);
    byte[] salt = new byte[16];
    new SecureRandom().nextBytes(salt);
    cipher.init(Cipher.ENCRYPT_MODE, secret, new PBEParameterSpec(salt, 2048));
    byte[] sealed = cipher.doFinal(plain);
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
    parameters.init(cipher.getParameters().getEncoded());
    return TestKeys.pem(
        "ENCRYPTED PRIVATE KEY", new EncryptedPrivateKeyInfo(parameters, sealed).getEncoded());
  }

  @Test
  void servesOurDriverThatIsToldWhatToTrust() throws Exception {
    TestKeys keys = made.get("EC");
    Path trusted = keys.certificate(directory.resolve("trusted.pem"));
    try (TestGateway gateway = start(store(keys))) {
      for (String host : List.of("localhost", "127.0.0.1")) {
        try (Connection connection = ours(host, gateway, trusted)) {
          assertWorks(connection);
        }
      }
      SQLException unknown =
          catchThrowableOfType(
              SQLException.class,
              () ->
                  DriverManager.getConnection(
                      "jdbc:kurobe://localhost:" + gateway.port() + "?tls=true"));
      assertThat(unknown.getSQLState()).isEqualTo("08001");
      assertThat(unknown.getMessage()).contains("is not trusted; tlsCertificate");
      // The same file with what another server has: read again, and not to be confused.
      other.certificate(trusted);
      assertThat(SqlStates.of(() -> ours("localhost", gateway, trusted))).isEqualTo("08001");
      SQLException absent =
          catchThrowableOfType(
              SQLException.class, () -> ours("localhost", gateway, directory.resolve("none.pem")));
      assertThat(absent.getMessage()).contains("none.pem", "cannot be read");
      SQLException garbage =
          catchThrowableOfType(SQLException.class, () -> ours("localhost", gateway, keys.store()));
      assertThat(garbage.getMessage()).contains("EC.p12", "certificate");
    }
  }

  /** TLS tells of a connection that was closed only to who reads: the driver has to look. */
  @Test
  void ourDriverGoesOnAfterAPauseAndAfterTheServerClosed() throws Exception {
    TestKeys keys = made.get("EC");
    Path trusted = keys.certificate(directory.resolve("trusted.pem"));
    try (TestGateway gateway = start(store(keys));
        Gate gate = new Gate(gateway.port());
        Connection connection =
            DriverManager.getConnection(
                "jdbc:kurobe://localhost:" + gate.port() + "?tls=true&tlsCertificate=" + trusted)) {
      assertWorks(connection);
      TimeUnit.MILLISECONDS.sleep(1_200);
      assertWorks(connection);
      gate.closeAll();
      TimeUnit.MILLISECONDS.sleep(1_200);
      assertWorks(connection);
      // Not long enough for the driver to look again, unless the machine takes its time: the error
      // is one of the connection.
      String state = "null";
      for (int i = 0; i < 10 && state.equals("null"); i++) {
        gate.closeAll();
        state = SqlStates.of(() -> assertWorks(connection));
      }
      assertThat(state).startsWith("08");
      assertWorks(connection);
    }
  }

  @Test
  void ourDriverHasAProxyPassTlsOn() throws Exception {
    TestKeys keys = made.get("EC");
    Path trusted = keys.certificate(directory.resolve("trusted.pem"));
    ProxySelector before = ProxySelector.getDefault();
    try (TestGateway gateway = start(store(keys));
        Gate open = Gate.proxy(gateway.port(), "HTTP/1.1 200 Connected\r\n\r\n");
        Gate shut = Gate.proxy(gateway.port(), "HTTP/1.1 403 Forbidden\r\n\r\n")) {
      ProxySelector.setDefault(ProxySelector.of(address(open)));
      try (Connection connection = ours("localhost", gateway, trusted)) {
        assertWorks(connection);
      }
      assertThat(open.asked())
          .isNotEmpty()
          .containsOnly("CONNECT localhost:" + gateway.port() + " HTTP/1.1");
      ProxySelector.setDefault(ProxySelector.of(address(shut)));
      SQLException refused =
          catchThrowableOfType(
              SQLException.class, () -> ours("localhost", gateway, trusted).close());
      assertThat(refused.getSQLState()).isEqualTo("08001");
      assertThat(refused.getMessage()).contains("the proxy answered with HTTP status 403");
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  private static InetSocketAddress address(Gate gate) {
    return new InetSocketAddress("127.0.0.1", gate.port());
  }

  @Test
  void ourDriverSaysWhereThereIsNoTls() throws Exception {
    try (TestGateway gateway = TestGateway.start(directory.resolve("state"))) {
      SQLException error =
          catchThrowableOfType(
              SQLException.class,
              () ->
                  DriverManager.getConnection(
                      "jdbc:kurobe://localhost:" + gateway.port() + "?tls=true"));
      assertThat(error.getSQLState()).isEqualTo("08001");
      assertThat(error.getMessage()).endsWith("does it speak TLS at this port?");
    }
  }

  private static Connection ours(String host, TestGateway gateway, Path trusted)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:kurobe://" + host + ":" + gateway.port() + "?tls=true&tlsCertificate=" + trusted);
  }

  @Test
  void tellsWhoComesWithoutTls() throws Exception {
    TestKeys keys = made.get("EC");
    try (TestGateway gateway = start(store(keys))) {
      for (String serialization : List.of("json", "protobuf")) {
        Throwable stock = catchThrowable(() -> gateway.connect(serialization).createStatement());
        assertThat(stock.toString()).contains("the server speaks TLS", "08004");
      }
      SQLException ours =
          catchThrowableOfType(
              SQLException.class,
              () -> DriverManager.getConnection("jdbc:kurobe://localhost:" + gateway.port()));
      assertThat(ours.getSQLState()).isEqualTo("08004");
      assertThat(ours.getMessage())
          .startsWith("the server speaks TLS at this port. Hint: Connect with tls=true");
      HttpResponse<String> health = RawClient.get(gateway.port(), "/health");
      assertThat(health.statusCode()).isEqualTo(400);
      assertThat(health.body()).isEqualTo("This port speaks TLS: use https.\n");
      assertThat(health.headers().firstValue("Connection")).contains("close");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void speaksVersionsFrom12On(String version) throws Exception {
    TestKeys keys = made.get("EC");
    try (TestGateway gateway = start(store(keys))) {
      assertThat(shown(gateway, keys, version)).isEqualTo(keys.certificate());
    }
  }

  /** Of 1.1, whose version has the number 3.2: no client here would send it. */
  @Test
  void refusesVersionsBefore12() throws Exception {
    byte[] hello = new byte[54];
    // A record of 49 bytes; in it a hello of 45, with one cipher and no compression.
    System.arraycopy(new byte[] {22, 3, 1, 0, 49, 1, 0, 0, 45, 3, 2}, 0, hello, 0, 11);
    byte[] end = {0, 0, 4, (byte) 0xC0, 0x0A, (byte) 0xC0, 0x14, 1, 0, 0, 0};
    System.arraycopy(end, 0, hello, 43, end.length);
    TestKeys keys = made.get("EC");
    try (TestGateway gateway = start(store(keys));
        Socket socket = new Socket("127.0.0.1", gateway.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(hello);
      byte[] answer = socket.getInputStream().readNBytes(7);
      // An alert, fatal: the protocol's version.
      assertThat(answer[0]).isEqualTo((byte) 21);
      assertThat(answer).endsWith(2, 70);
    }
  }

  @Test
  void readsItsKeysAnewWhenTheFilesChange() throws Exception {
    TestKeys first = made.get("EC");
    TestKeys second = made.get("RSA");
    TlsSettings.PemFiles files = pem(first);
    try (TestGateway gateway = start(files);
        Connection before = connect(gateway, first, "json")) {
      assertThat(shown(gateway, first, "TLSv1.3")).isEqualTo(first.certificate());
      second.certificate(files.certificate());
      // Of the new pair but one file is there: it still serves with the old.
      TimeUnit.SECONDS.sleep(4);
      assertThat(shown(gateway, first, "TLSv1.3")).isEqualTo(first.certificate());
      Files.move(
          second.key(directory.resolve("new.key")),
          files.key(),
          StandardCopyOption.REPLACE_EXISTING);
      while (!shown(gateway, second, first).equals(second.certificate())) {
        // The test's own time-out bounds this.
        TimeUnit.MILLISECONDS.sleep(100);
      }
      assertWorks(before);
      try (Connection after = connect(gateway, second, "protobuf")) {
        assertWorks(after);
      }
    }
  }

  @Test
  void whatCannotBeUsedIsOneErrorThatNamesTheFile() throws Exception {
    TestKeys keys = made.get("EC");
    TlsSettings.PemFiles good = pem(keys);
    Path foreign = other.key(directory.resolve("other.key"));
    Path legacy =
        Files.writeString(
            directory.resolve("legacy.key"), TestKeys.pem("RSA PRIVATE KEY", new byte[30]));
    Path absent = directory.resolve("absent");
    assertRefused(new TlsSettings.KeyStoreFile(absent, "x"), absent, "there is no such file");
    assertRefused(
        new TlsSettings.KeyStoreFile(keys.store(), "wrong"), keys.store(), "its password");
    assertRefused(pem(good.certificate(), foreign), foreign, "is not the key of");
    assertRefused(pem(good.certificate(), legacy), legacy, "openssl pkcs8");
    assertRefused(pem(good.certificate(), absent), absent, "there is no such file");
    assertRefused(pem(good.key(), good.key()), good.key(), "certificate");
  }

  private static TlsSettings pem(Path certificate, Path key) {
    return new TlsSettings.PemFiles(certificate, key, Optional.empty());
  }

  private void assertRefused(TlsSettings tls, Path named, String why) {
    KurobeException error = catchThrowableOfType(KurobeException.class, () -> start(tls).close());
    assertThat(error.getMessage()).contains(named.toString(), why).doesNotContain("wrong");
  }

  private static X509Certificate shown(TestGateway gateway, TestKeys trusted, String version)
      throws Exception {
    try (SSLSocket socket = socket(gateway, trusted)) {
      socket.setEnabledProtocols(new String[] {version});
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private static X509Certificate shown(TestGateway gateway, TestKeys... trusted) throws Exception {
    try (SSLSocket socket = socket(gateway, trusted)) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private static SSLSocket socket(TestGateway gateway, TestKeys... trusted) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < trusted.length; i++) {
      store.setCertificateEntry("server" + i, trusted[i].certificate());
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", gateway.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  @Test
  void bytesThatAreNeitherAreAnsweredAndClosed() throws Exception {
    TestKeys keys = made.get("EC");
    try (TestGateway gateway = start(store(keys));
        var socket = new Socket("127.0.0.1", gateway.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write("nonsense\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("Exception");
      assertThat(shown(gateway, keys, "TLSv1.3")).isEqualTo(keys.certificate());
    }
  }
}
