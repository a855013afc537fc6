package io.kurobe.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The packaged jar, as a tool gets it: alone in a class loader. */
class DriverJarIT {
  private static final Path JAR = Path.of(System.getProperty("driver.jar"));
  private static final int JAVA_11 = 55;

  private static List<JarEntry> entries(JarFile jar) {
    return jar.stream().filter(entry -> !entry.isDirectory()).toList();
  }

  @Test
  void isSmall() throws IOException {
    assertThat(Files.size(JAR)).isLessThanOrEqualTo(6_500_000);
  }

  @Test
  void holdsNothingOutsideItsPackage() throws IOException {
    try (var jar = new JarFile(JAR.toFile())) {
      assertThat(entries(jar))
          .extracting(JarEntry::getName)
          .filteredOn(name -> !name.startsWith("io/kurobe/driver/"))
          .containsExactlyInAnyOrder(
              "META-INF/MANIFEST.MF",
              "META-INF/LICENSE",
              "META-INF/NOTICE",
              "META-INF/THIRD-PARTY.txt",
              "META-INF/FastDoubleParser-LICENSE",
              "META-INF/FastDoubleParser-ThirdParty-LICENSE",
              "META-INF/Schubfach-LICENSE",
              "META-INF/services/java.sql.Driver",
              "META-INF/services/io.kurobe.driver.shaded.slf4j.spi.SLF4JServiceProvider");
    }
  }

  @Test
  void loadsOnJava11() throws IOException {
    try (var jar = new JarFile(JAR.toFile())) {
      for (JarEntry entry : entries(jar)) {
        if (entry.getName().endsWith(".class")) {
          try (var in = new DataInputStream(jar.getInputStream(entry))) {
            in.skipNBytes(6);
            assertThat(in.readUnsignedShort()).as(entry.getName()).isLessThanOrEqualTo(JAVA_11);
          }
        }
      }
    }
  }

  /** Two programs of one process, each with a driver of its own, as of two versions. */
  @Test
  void worksBesideAnotherOfItself() throws Exception {
    URL[] jar = {JAR.toUri().toURL()};
    try (var server = new AvaticaTestServer();
        var first = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader());
        var second = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader());
        var one = driver(first).connect(server.url(), new Properties());
        var other = driver(second).connect(server.url(), new Properties())) {
      assertThat(one.getClass()).isNotEqualTo(other.getClass());
      try (var ofOne = one.createStatement().executeQuery("numbers 3");
          var ofOther = other.createStatement().executeQuery("numbers 3")) {
        while (ofOne.next()) {
          assertThat(ofOther.next()).isTrue();
          assertThat(ofOther.getLong(1)).isEqualTo(ofOne.getLong(1));
        }
      }
    }
  }

  private static Driver driver(ClassLoader loader) throws ReflectiveOperationException {
    return (Driver)
        loader.loadClass("io.kurobe.driver.KurobeDriver").getDeclaredConstructor().newInstance();
  }

  @Test
  void worksAloneInAClassLoader() throws Exception {
    try (var server = new AvaticaTestServer();
        var loader =
            new URLClassLoader(
                new URL[] {JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      List<Driver> drivers =
          ServiceLoader.load(Driver.class, loader).stream()
              .map(ServiceLoader.Provider::get)
              .filter(driver -> driver.getClass().getClassLoader() == loader)
              .toList();
      assertThat(drivers)
          .extracting(driver -> driver.getClass().getName())
          .containsExactly("io.kurobe.driver.KurobeDriver");
      Driver driver = drivers.get(0);
      assertThat(driver.acceptsURL("jdbc:avatica:remote:url=http://localhost:1")).isFalse();
      try (var connection = driver.connect(server.url(), new Properties());
          var statement = connection.createStatement();
          var rows = statement.executeQuery("numbers 12000")) {
        long sum = 0;
        while (rows.next()) {
          sum += rows.getLong(1);
        }
        assertThat(sum).isEqualTo(12_000L * 12_001 / 2);
        assertThat(connection.isValid(5)).isTrue();
      }
    }
  }
}
