package mlops.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The house rules of CONTRIBUTING.md that sources can break: sizes, names, Javadoc. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SourcesTest {
  private static final Pattern BEFORE_TYPE =
      Pattern.compile("(?m)^(public )?(final |sealed |non-sealed )*(class|record|enum|interface) ");
  private static final int FILE = 300;
  private static final int METHOD = 30;
  private static final int ROOM = 20;
  private static final int MEDIAN = 75;
  private static final int NINE_IN_TEN = 160;

  @Test
  void files_stay_short() throws Exception {
    List<String> wrong = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    for (Path file : main()) {
      int lines = Files.readAllLines(file).size();
      sizes.add(lines);
      if (lines > FILE) {
        wrong.add(file + " has " + lines + " lines");
      }
    }
    sizes.sort(null);
    assertEquals(List.of(), wrong);
    assertTrue(sizes.get(sizes.size() / 2) <= MEDIAN, "median " + sizes.get(sizes.size() / 2));
    int tall = sizes.get(sizes.size() * 9 / 10);
    assertTrue(tall <= NINE_IN_TEN, "nine in ten have at most " + tall);
  }

  @Test
  void methods_stay_short() throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> wrong = new ArrayList<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  d -> {},
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjects(main().toArray(Path[]::new)));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        unit.accept(new Methods(unit, positions, wrong), null);
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** The build does not compile them: they are run by hand. */
  @Test
  void benchmarks_fit_what_they_measure() throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> wrong = new ArrayList<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> sources = Files.walk(Path.of("src/bench"))) {
      List<Path> benchmarks = sources.filter(f -> f.toString().endsWith(".java")).toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  d -> wrong.add(d.toString()),
                  List.of("-proc:none", "-nowarn", "-Xlint:none"),
                  null,
                  files.getJavaFileObjects(benchmarks.toArray(Path[]::new)));
      task.analyze();
    }
    assertEquals(List.of(), wrong);
  }

  /** Finds long methods. */
  private static final class Methods extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> wrong;

    Methods(CompilationUnitTree unit, SourcePositions positions, List<String> wrong) {
      this.unit = unit;
      this.positions = positions;
      this.wrong = wrong;
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      if (method.getBody() != null) {
        LineMap lines = unit.getLineMap();
        long first = lines.getLineNumber(positions.getStartPosition(unit, method.getBody()));
        long last = lines.getLineNumber(positions.getEndPosition(unit, method.getBody()));
        if (last - first - 1 > METHOD) {
          wrong.add(
              "%s: %s has %d lines"
                  .formatted(unit.getSourceFile().getName(), method.getName(), last - first - 1));
        }
      }
      return super.visitMethod(method, null);
    }
  }

  @Test
  void no_class_name_stands_twice() throws Exception {
    Map<String, List<Path>> byName =
        all().stream()
            .filter(f -> !f.endsWith("package-info.java"))
            .collect(Collectors.groupingBy(f -> String.valueOf(f.getFileName())));
    byName.values().removeIf(files -> files.size() == 1);
    assertEquals(Map.of(), byName);
  }

  @Test
  void a_room_holds_at_most_twenty_files() throws Exception {
    SortedMap<Path, Long> rooms = new TreeMap<>();
    for (Path file : main()) {
      if (!file.endsWith("package-info.java")) {
        rooms.merge(folder(file), 1L, Long::sum);
      }
    }
    rooms.values().removeIf(n -> n <= ROOM);
    assertEquals(Map.of(), rooms);
  }

  @Test
  void every_package_says_what_lives_there_and_what_may_not() throws Exception {
    List<Path> wrong = new ArrayList<>();
    for (Path room : main().stream().map(SourcesTest::folder).distinct().toList()) {
      Path info = room.resolve("package-info.java");
      if (!Files.exists(info) || !Files.readString(info).contains("<p>")) {
        wrong.add(room);
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void every_class_has_a_sentence_of_javadoc() throws Exception {
    List<Path> wrong = new ArrayList<>();
    for (Path file : main()) {
      String text = Files.readString(file);
      if (!BEFORE_TYPE.split(text, 2)[0].contains("/**")) {
        wrong.add(file);
      }
    }
    assertEquals(List.of(), wrong);
  }

  private static Path folder(Path file) {
    return Objects.requireNonNull(file.getParent());
  }

  private static List<Path> main() throws IOException {
    return java(Path.of("src/main/java"));
  }

  private static List<Path> all() throws IOException {
    return Stream.concat(main().stream(), java(Path.of("src/test/java")).stream()).toList();
  }

  private static List<Path> java(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
    }
  }
}
