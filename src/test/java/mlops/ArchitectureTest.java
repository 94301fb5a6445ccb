package mlops;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The house rules that a machine can check. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ArchitectureTest {
  private static final JavaClasses MLOPS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("mlops");

  @Test
  void packages_import_only_what_stands_below_them() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("top")
        .definedBy(
            describe(
                "Main and Connections",
                c ->
                    c.getPackageName().equals("mlops")
                        && !c.getSimpleName().equals("MlopsException")))
        .layer("cli")
        .definedBy("mlops.cli..")
        .layer("steps")
        .definedBy("mlops.steps..")
        .layer("assets")
        .definedBy("mlops.assets..")
        .layer("azure")
        .definedBy("mlops.azure..")
        .layer("plan")
        .definedBy("mlops.plan..")
        .layer("profile")
        .definedBy("mlops.profile..")
        .layer("yaml")
        .definedBy("mlops.yaml..")
        .layer("emulator")
        .definedBy("mlops.emulator..")
        .whereLayer("cli")
        .mayOnlyBeAccessedByLayers("top")
        .whereLayer("steps")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("assets")
        .mayOnlyBeAccessedByLayers("cli", "steps")
        .whereLayer("assets")
        .mayOnlyAccessLayers("yaml")
        .whereLayer("azure")
        .mayOnlyBeAccessedByLayers("top", "cli", "steps")
        .whereLayer("emulator")
        .mayOnlyBeAccessedByLayers("top", "cli")
        .whereLayer("emulator")
        .mayNotAccessAnyLayer()
        .whereLayer("plan")
        .mayNotAccessAnyLayer()
        .whereLayer("profile")
        .mayOnlyAccessLayers("yaml")
        .whereLayer("yaml")
        .mayNotAccessAnyLayer()
        .check(MLOPS);
  }

  @Test
  void services_of_the_emulator_import_only_what_stands_below_them() {
    String[] order = {"http", "state", "login", "arm", "blob", "ml", "run"};
    for (int i = 0; i < order.length; i++) {
      onlyBelow(order[i], List.of(order).subList(0, i < 2 ? 0 : i));
    }
    onlyBelow("graph", List.of("http", "state", "login"));
    onlyBelow("template", List.of("http", "state", "arm"));
    onlyBelow("serve", List.of("http", "state"));
  }

  private static void onlyBelow(String service, List<String> below) {
    String[] allowed =
        Stream.concat(Stream.of(service), below.stream())
            .map(name -> "mlops.emulator." + name + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("mlops.emulator." + service + "..")
        .should()
        .dependOnClassesThat(resideInAPackage("mlops..").and(not(resideInAnyPackage(allowed))))
        .check(MLOPS);
  }

  @Test
  void of_the_commands_only_those_of_mlops_local_know_the_emulator() {
    noClasses()
        .that()
        .resideInAPackage("mlops.cli..")
        .and()
        .haveSimpleNameNotStartingWith("Local")
        .and()
        .areTopLevelClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("mlops.emulator..")
        .check(MLOPS);
  }

  @Test
  void packages_have_no_cycles() {
    slices().matching("mlops.(*)..").should().beFreeOfCycles().check(MLOPS);
    slices().matching("mlops.emulator.(*)..").should().beFreeOfCycles().check(MLOPS);
    slices()
        .matching("mlops.steps.(*)..")
        .should()
        .notDependOnEachOther()
        .allowEmptyShould(true)
        .check(MLOPS);
  }

  @Test
  void the_engine_knows_neither_azure_nor_the_terminal() {
    noClasses()
        .that()
        .resideInAnyPackage("mlops.plan..", "mlops.profile..", "mlops.yaml..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.azure..", "picocli..")
        .check(MLOPS);
  }

  @Test
  void classes_are_final() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .areNotAnonymousClasses()
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(MLOPS);
  }

  @Test
  void only_main_touches_the_standard_streams() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(
        MLOPS.that(describe("not Main", c -> !c.getFullName().equals("mlops.Main"))));
  }
}
