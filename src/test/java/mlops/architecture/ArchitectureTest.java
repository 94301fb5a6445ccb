package mlops.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Who may import whom, as CONTRIBUTING.md draws it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ArchitectureTest {
  private static final String ROOT = "mlops";
  private static final JavaClasses MLOPS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void packages_import_only_what_the_page_says() throws Exception {
    ArchitecturePage page = ArchitecturePage.read();
    SortedSet<String> wrong = new TreeSet<>();
    for (JavaClass c : MLOPS) {
      for (Dependency dependency : c.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (isOurs(target) && !target.getPackageName().equals(c.getPackageName())) {
          String from = below(c);
          String to = below(target);
          if (!page.allows(from, to)) {
            wrong.add("%s imports %s".formatted(c.getName(), target.getName()));
          }
        }
      }
    }
    assertTrue(wrong.isEmpty(), () -> "not in CONTRIBUTING.md:\n" + String.join("\n", wrong));
  }

  @Test
  void the_page_names_every_package_and_no_other() throws Exception {
    SortedSet<String> there = new TreeSet<>();
    MLOPS.forEach(c -> there.add(below(c)));
    assertEquals(there, new TreeSet<>(ArchitecturePage.read().packages()));
  }

  @Test
  void libraries_are_used_where_the_page_says() throws Exception {
    Map<String, List<String>> libraries = ArchitecturePage.read().libraries();
    SortedSet<String> wrong = new TreeSet<>();
    for (JavaClass c : MLOPS) {
      for (Dependency dependency : c.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getBaseComponentType().getPackageName();
        libraries.forEach(
            (library, users) -> {
              if (isIn(target, library) && users.stream().noneMatch(u -> isUser(c, u))) {
                wrong.add("%s imports %s".formatted(c.getName(), library));
              }
            });
      }
    }
    assertTrue(wrong.isEmpty(), () -> "not in CONTRIBUTING.md:\n" + String.join("\n", wrong));
  }

  private static boolean isUser(JavaClass c, String user) {
    return user.equals(".") ? below(c).isEmpty() : isIn(below(c), user);
  }

  private static boolean isIn(String name, String parent) {
    return name.equals(parent) || name.startsWith(parent + ".");
  }

  private static boolean isOurs(JavaClass c) {
    return isIn(c.getPackageName(), ROOT);
  }

  /** The package below {@code mlops}; empty for that itself. */
  private static String below(JavaClass c) {
    String name = c.getPackageName();
    return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
  }
}
