package io.kurobe.planner.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between the planner's packages. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.kurobe.planner", "io.kurobe.adapters");

  @Test
  void packagesOfThePlannerHaveNoCycles() {
    slices().matching("io.kurobe.planner.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void packagesOfTheAdaptersHaveNoCycles() {
    slices().matching("io.kurobe.adapters.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void adaptersDoNotKnowThePlanner() {
    noClasses()
        .that()
        .resideInAPackage("io.kurobe.adapters..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.kurobe.planner..")
        .check(CLASSES);
  }

  @Test
  void calcitesOwnJdbcAdapterIsNotUsed() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.calcite.adapter.jdbc..", "org.apache.calcite.adapter.enumerable..")
        .check(CLASSES);
  }

  @Test
  void adaptersUseCalciteForDialectsAndTypesAlone() {
    noClasses()
        .that()
        .resideInAPackage("io.kurobe.adapters..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.calcite.plan..",
            "org.apache.calcite.sql2rel..",
            "org.apache.calcite.prepare..")
        .check(CLASSES);
  }
}
