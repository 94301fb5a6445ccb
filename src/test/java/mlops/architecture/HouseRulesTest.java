package mlops.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The house rules of CONTRIBUTING.md that compiled classes can break. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HouseRulesTest {
  private static final JavaClasses MLOPS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("mlops");
  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.OnlyIncludeTests())
          .importPackages("mlops");

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
  void no_class_inherits_from_another_of_ours() {
    classes().should(inheritFromNoClassOfOurs()).check(MLOPS);
  }

  private static ArchCondition<JavaClass> inheritFromNoClassOfOurs() {
    return new ArchCondition<>("inherit from no class of ours") {
      @Override
      public void check(JavaClass c, ConditionEvents events) {
        c.getRawSuperclass()
            .filter(s -> s.getPackageName().startsWith("mlops") && !c.isAnonymousClass())
            .filter(s -> !(s.isEnum() && c.getName().startsWith(s.getName() + "$")))
            .ifPresent(
                s ->
                    events.add(
                        SimpleConditionEvent.violated(c, c.getName() + " extends " + s.getName())));
      }
    };
  }

  @Test
  void static_fields_are_final() {
    fields()
        .that()
        .areStatic()
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .should()
        .beFinal()
        .check(MLOPS);
  }

  @Test
  void names_say_what_a_class_is() {
    classes()
        .that()
        .doNotHaveSimpleName("ResourceManager") // Azure Resource Manager is Azure's own name
        .should()
        .haveNameNotMatching(
            ".*(Manager|Helper|Utils?|Impl|Base|Service|Context)|.*\\.(Abstract\\w*|I[A-Z]\\w*)")
        .check(MLOPS);
  }

  @Test
  void every_package_is_null_marked() {
    classes().should(beInANullMarkedPackage()).check(MLOPS);
  }

  private static ArchCondition<JavaClass> beInANullMarkedPackage() {
    return new ArchCondition<>("be in a package that is @NullMarked") {
      @Override
      public void check(JavaClass c, ConditionEvents events) {
        boolean marked = c.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(new SimpleConditionEvent(c, marked, c.getPackageName() + " of " + c.getName()));
      }
    };
  }

  @Test
  void only_main_touches_the_standard_streams() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(
        MLOPS.that(describe("not Main", c -> !c.getFullName().equals("mlops.Main"))));
  }

  @Test
  void tests_do_not_sleep() {
    noClasses().should().callMethod(Thread.class, "sleep", long.class).check(TESTS);
  }
}
