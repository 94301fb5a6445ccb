package mlops.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.emulator.TestKey;

/**
 * A copy of the sample in a folder of a test, with a command line and a local Azure of its own. Its
 * jobs run in threads of the test, unless that asks for {@link Transcript#jobsApart}.
 */
final class Site {
  private final Path folder;
  private final Transcript mlops;

  private Site(Path folder) {
    this.folder = folder;
    this.mlops = Transcript.of(TestKey.in(folder.resolve(".mlops"))).jobsHere();
  }

  /** The sample as it lies in the repository. */
  static Site sample(Path folder) {
    for (String part :
        List.of("mlops.yml", "registry.yml", "compute", "dev", "test", "prod", "data")) {
      copy(Path.of(part), folder.resolve(part));
    }
    Site site = new Site(folder);
    // what only Azure needs would be two thirds of what is installed for the tests
    site.write("dev/conda.yml", site.read("dev/conda.yml").replaceAll("(?m)^ +- azureml.*\n", ""));
    return site;
  }

  /**
   * The sample with a pipeline and a scoring script of a few lines, which need no packages: the
   * model is one number, the input {@code factor}, and a prediction is that number times the line.
   * The gate sees {@code r2}, an input as well.
   */
  static Site tiny(Path folder) {
    Site site = sample(folder);
    site.write("dev/pipeline.yml", TinyFiles.PIPELINE);
    site.write("dev/src/judge.py", TinyFiles.JUDGE);
    site.write("dev/src/register.py", TinyFiles.REGISTER);
    site.write("dev/score/score.py", TinyFiles.SCORE);
    site.write("data/taxi-batch.csv", "1\n2\n3\n");
    site.change("mlops.yml", "champion: not-worse", "champion: none");
    for (String file : List.of("dev/train-env.yml", "test/test-env.yml", "prod/prod-env.yml")) {
      site.write(file, site.read(file).replaceAll("(?m)^conda_file:.*\n", ""));
    }
    return site;
  }

  /** Runs a command on this profile; predictions go to the site's own folder. */
  int run(String... words) {
    return mlops.run(words(words));
  }

  /** The words of such a command. */
  String[] words(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--profile", folder.resolve("mlops.yml").toString()));
    if (List.of("replay", "batch-score", "compare", "report").contains(words[0])
        && !all.contains("--download")) {
      all.addAll(List.of("--download", folder.resolve("predictions").toString()));
    }
    if (words[0].equals("replay") || words[0].equals("report")) {
      all.addAll(List.of("--html", folder.resolve("report.html").toString()));
    }
    return all.toArray(String[]::new);
  }

  Transcript mlops() {
    return mlops;
  }

  /** What the last command said, for the message of a failed assertion. */
  String said() {
    return mlops.out() + mlops.err();
  }

  /** What is on the page of a job on GitHub, behind what a command runs in it. */
  String pageOfJob(Runnable command) {
    Path page = path("page-of-job.md");
    mlops.variable("GITHUB_ACTIONS", "true").variable("GITHUB_STEP_SUMMARY", page.toString());
    command.run();
    mlops.variable("GITHUB_ACTIONS", "").variable("GITHUB_STEP_SUMMARY", "");
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  Path state() {
    return folder.resolve(".mlops");
  }

  String read(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(String name, String text) {
    try {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts one text in the place of another in a file that has it. */
  void change(String name, String old, String text) {
    String before = read(name);
    if (!before.contains(old)) {
      throw new AssertionError("no " + old + " in " + name);
    }
    write(name, before.replace(old, text));
  }

  /** The rows of the predictions of an environment, in a fixed order. */
  List<String> predictions(String environment) {
    return read("predictions/" + environment + "/predictions.csv").lines().sorted().toList();
  }

  /** The id of a step's outcome in the last JSON document. */
  Optional<String> outcome(String step) {
    for (var node : mlops.json().path("steps")) {
      if (node.path("id").asText().equals(step)) {
        return Optional.of(node.path("outcome").asText());
      }
    }
    return Optional.empty();
  }

  static void copy(Path from, Path to) {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.write(target, Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number of lines that hold something. */
  static long rows(Path file) {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return lines.filter(line -> !line.isBlank()).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
