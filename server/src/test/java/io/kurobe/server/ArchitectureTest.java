package io.kurobe.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between the server's packages. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.kurobe.server");

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.kurobe.server.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void dataGoesOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("command")
        .definedBy("io.kurobe.server.command..")
        .layer("gateway")
        .definedBy("io.kurobe.server")
        .layer("http")
        .definedBy("io.kurobe.server.http..")
        .layer("avatica")
        .definedBy("io.kurobe.server.avatica..")
        .layer("wire")
        .definedBy("io.kurobe.server.wire..")
        .layer("metrics")
        .definedBy("io.kurobe.server.metrics..")
        .layer("store")
        .definedBy("io.kurobe.server.store..")
        .layer("audit")
        .definedBy("io.kurobe.server.audit..")
        .layer("statement")
        .definedBy("io.kurobe.server.statement..")
        .layer("session")
        .definedBy("io.kurobe.server.session..")
        .layer("security")
        .definedBy("io.kurobe.server.security..")
        .layer("config")
        .definedBy("io.kurobe.server.config..")
        .whereLayer("command")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("gateway")
        .mayOnlyBeAccessedByLayers("command")
        .whereLayer("http")
        .mayOnlyBeAccessedByLayers("gateway", "command")
        .whereLayer("wire")
        .mayOnlyBeAccessedByLayers("http", "gateway")
        .whereLayer("avatica")
        .mayOnlyBeAccessedByLayers("wire", "http", "gateway")
        .whereLayer("metrics")
        .mayOnlyBeAccessedByLayers("gateway")
        .whereLayer("store")
        .mayOnlyBeAccessedByLayers("security", "gateway", "command")
        .whereLayer("statement")
        .mayOnlyBeAccessedByLayers("avatica", "wire", "store", "metrics", "gateway")
        .whereLayer("audit")
        .mayOnlyBeAccessedByLayers("security", "statement", "store", "http", "gateway", "command")
        .whereLayer("session")
        .mayOnlyBeAccessedByLayers("statement", "avatica", "wire", "http", "security", "gateway")
        .whereLayer("config")
        .mayOnlyBeAccessedByLayers("session", "security", "store", "gateway", "command")
        .whereLayer("security")
        .mayOnlyBeAccessedByLayers("http", "gateway")
        .check(CLASSES);
  }

  @Test
  void arrowStaysOutOfHttpAndAvaticaOutOfTheCore() {
    noClasses()
        .that()
        .resideInAnyPackage("io.kurobe.server.http..", "io.kurobe.server.session..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.arrow..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage("io.kurobe.server.statement..", "io.kurobe.server.session..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.calcite.avatica..", "org.eclipse.jetty..")
        .check(CLASSES);
  }

  @Test
  void theGatewayUsesNeitherTheDriverNorCalcitesOwnServer() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.kurobe.server.command..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.kurobe.driver..", "org.apache.calcite.avatica.server..")
        .check(CLASSES);
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.apache.calcite.avatica.jdbc.JdbcMeta")
        .check(CLASSES);
  }
}
