package io.kurobe.nl2sql;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.kurobe.nl2sql.offline.read.NameClass;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  void everyClassOfWordsIsLookedFor() {
    for (Class<? extends Enum<?>> classes : List.of(WordClass.class, NameClass.class)) {
      Set<String> lookedFor =
          CLASSES.get(classes).getAccessesToSelf().stream()
              .filter(access -> !access.getOriginOwner().isEquivalentTo(classes))
              .map(JavaAccess::getName)
              .collect(Collectors.toSet());
      assertThat(Stream.of(classes.getEnumConstants()).map(Enum::name))
          .as(classes.getSimpleName())
          .allMatch(lookedFor::contains);
    }
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
