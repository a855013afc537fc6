package io.kurobe.nl2sql;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between the packages of questions. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.kurobe.nl2sql");

  @Test
  void stepsHaveNoCycles() {
    slices().matching("io.kurobe.nl2sql.offline.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void featuresHaveNoCycles() {
    slices().matching("io.kurobe.nl2sql.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void sourcesAreReachedThroughThePlannerAlone() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..",
            "javax.sql..",
            "org.apache.arrow..",
            "io.kurobe.adapters.batch..",
            "io.kurobe.adapters.embedded..",
            "io.kurobe.adapters.postgres..",
            "io.kurobe.adapters.duckdb..",
            "io.kurobe.adapters.trino..",
            "io.kurobe.adapters.jdbc..")
        .check(CLASSES);
  }

  @Test
  void nothingButTheProvidersOfModelsReachesTheNetwork() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.kurobe.nl2sql.model.provider..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "dev.langchain4j.http..", "dev.langchain4j.model.chat..")
        .check(CLASSES);
  }

  @Test
  void ofTheAdaptersOnlyTypesErrorsAndMetadataAreKnown() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("io.kurobe.adapters.source.Source")
        .check(CLASSES);
  }
}
