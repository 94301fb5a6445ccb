package mlops.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mlops.error.MlopsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be wrong in a profile, each with the line that a user reads. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ProfileMistakesTest {
  private static final Path PROJECT = Path.of("").toAbsolutePath();

  @TempDir Path folder;
  private String good = "";

  @BeforeEach
  void copyTheFilesThatTheProfileNames() throws IOException {
    good = Files.readString(PROJECT.resolve("mlops.yml"));
    for (String name : List.of("compute", "dev", "test", "prod", "data")) {
      Files.createDirectory(folder.resolve(name));
      try (Stream<Path> files = Files.list(PROJECT.resolve(name))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.createFile(folder.resolve(name).resolve(file.getFileName()));
        }
      }
    }
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments("suffix: demo", "sufix: demo", ":3:1 unknown key sufix: did you mean suffix?"),
        arguments(
            "suffix: demo",
            "suffix: Demo!",
            ":3:9 suffix is \"Demo!\", which breaks the rule: lower-case letters and digits"),
        arguments("suffix: demo", "suffix: [demo]", ":3:9 suffix is a list, expected text"),
        arguments(
            "suffix: demo",
            "suffix: averylongsuffix",
            ":11:18 storage_account is \"stgaccmlops2demoaverylongsuffix\", which has 31"
                + " characters, allowed are 3 to 24: the suffix is \"averylongsuffix\"; --suffix"
                + " sets another"),
        arguments(
            "{from: 2015-01-01, to: 2015-08-01}",
            "{from: soon, to: 2015-08-01}",
            ":102:17 from is \"soon\", and neither a day nor a time with an offset: write it like 2026-03-04"),
        arguments(
            "{from: 2015-01-01, to: 2015-08-01}",
            "{from: 2015-01-01, to: 2015-01-01}",
            ":102:35 the window holds nothing: to has to come after from"),
        arguments("cloud: local", "cloud: aws", ":4:8 cloud is \"aws\": local or azure"),
        arguments(
            "promotion: copy",
            "promotion: registry",
            ":91:9 registry.file: registry.yml does not exist"),
        arguments(
            "python_environments: nearest",
            "python_environments: near",
            ":76:22 python_environments is \"near\": exact or nearest"),
        arguments(
            "spark_master: local",
            "spark_master: spark.example.com",
            ":80:15 spark_master is \"spark.example.com\", which breaks the rule: local, spark://HOST:PORT, yarn or k8s://…, as spark-submit --master has it"),
        arguments(
            "# subscription: ${AZURE_SUBSCRIPTION_ID}",
            "subscription: mine",
            ":5:15 subscription is \"mine\", which has 4 characters, allowed are 36"),
        arguments(
            "# subscription: ${AZURE_SUBSCRIPTION_ID}",
            "subscription: ${NOT_SET}",
            ":5:15 the environment variable NOT_SET is not set: set it, or write"
                + " ${NOT_SET:-default}"),
        arguments(
            "location: eastus2",
            "location: East US 2",
            ":6:11 location is \"East US 2\", which breaks the rule: the short name of a region such"
                + " as eastus2, in lower case"),
        arguments(
            "  ml: rg-demo-mlops-{suffix}",
            "  ml: rg-demo-mlops-{sufix}",
            ":9:7 resource_groups.ml has {sufix}, which stands for nothing: {suffix}, ${NAME} and"
                + " ${NAME:-default} are understood"),
        arguments(
            "  ml: rg-demo-mlops-{suffix}",
            "  ml: rg demo?",
            ":9:7 resource_groups.ml is \"rg demo?\", which breaks the rule: letters, digits, - _ ."
                + " ( ), and no . at the end"),
        arguments(
            "  ml: rg-demo-mlops-{suffix}",
            "  ml: rg-demo.",
            ":9:7 resource_groups.ml is \"rg-demo.\", which breaks the rule: letters, digits, - _ ."
                + " ( ), and no . at the end"),
        arguments(
            "  ml: rg-demo-mlops-{suffix}\n", "", ":9:3 the key ml is missing in resource_groups"),
        arguments(
            "storage_account: stgaccmlops2demo{suffix}",
            "storage_account: stg-acc",
            ":11:18 storage_account is \"stg-acc\", which breaks the rule: lower-case letters and"
                + " digits"),
        arguments(
            "identity: mlopsuidemo{suffix}",
            "identity: x",
            ":12:11 identity is \"x\", which has 1 characters, allowed are 3 to 128"),
        arguments(
            "    workspace: ml-mlopsdemo-{suffix}-01",
            "    workspace: ml-mlopsdemo-with-a-long-name-{suffix}",
            ":16:16 environments.dev.workspace is \"ml-mlopsdemo-with-a-long-name-demo\", which has"
                + " 34 characters, allowed are 3 to 33: the suffix is \"demo\"; --suffix sets"
                + " another"),
        arguments(
            "  test:\n",
            "  Test_1:\n",
            ":24:3 the environment is called \"Test_1\", which breaks the rule: lower-case letters,"
                + " digits and single -, a letter first"),
        arguments(
            "  test:\n",
            "  a-name-of-too-many-letters:\n",
            ":24:3 the environment is called \"a-name-of-too-many-letters\", which has 26 characters,"
                + " allowed are 1 to 20"),
        arguments(
            "  test:\n",
            "  compare:\n",
            ":24:3 an environment cannot be called compare, as a stage of mlops replay is: give it"
                + " another name"),
        arguments(
            "  prod:\n", "  test:\n", ":44:3 the key test stands here twice, first in line 24"),
        arguments(
            "    pipeline: dev/pipeline.yml\n",
            "",
            ":16:5 the key pipeline is missing in environments.dev"),
        arguments(
            "    model: taxi-prod-model-mlops-demo\n",
            "    model: taxi-prod-model-mlops-demo\n    pipeline: dev/pipeline.yml\n",
            ":51:5 environments.prod.pipeline: models are trained in the first environment, dev: take"
                + " it out, or put prod first"),
        arguments(
            "    endpoint_name: taxifare-b-mldemo-p-{suffix}",
            "    endpoint_name: taxifare-b-mldemo-t-{suffix}",
            ":54:20 environments.prod.endpoint_name is that of test too: give each its own"),
        arguments(
            "    workspace: ml-mlopsdemo-{suffix}-02",
            "    workspace: ml-mlopsdemo-{suffix}-01",
            ":25:16 environments.test.workspace is that of dev too: give each its own"),
        arguments(
            "    container: mlopsdemodev",
            "    container: mlops--dev",
            ":19:16 environments.dev.container is \"mlops--dev\", which breaks the rule: lower-case"
                + " letters, digits and single -, a letter or digit first and last"),
        arguments(
            "    compute: compute/computedev.yml",
            "    compute: compute/computdev.yml",
            ":18:14 environments.dev.compute: compute/computdev.yml does not exist: did you mean"
                + " compute/computedev.yml?"),
        arguments(
            "    compute: compute/computedev.yml",
            "    compute: compute",
            ":18:14 environments.dev.compute: compute is not a file"),
        arguments(
            "    pipeline: dev/pipeline.yml",
            "    pipeline: {file: dev/pipeline.yml}",
            ":21:15 environments.dev.pipeline is a map, expected text"),
        arguments(
            "    pipeline: dev/pipeline.yml",
            "    pipeline: dev/pipeline.yml\n    endpoint: test/batch-endpoint-test.yml",
            ":22:5 unknown key endpoint in environments.dev: valid here: workspace, display_name,"
                + " compute, container, environment, model, uploads, pipeline"),
        arguments(
            "    model: taxi-model-mlops-demo",
            "    model: taxi model",
            ":22:12 environments.dev.model is \"taxi model\", which breaks the rule: letters,"
                + " digits, - and _, a letter or digit first"),
        arguments(
            "approvals:\n",
            "github: {test: {brnches: [main]}}\napprovals:\n",
            ":71:17 unknown key brnches in github.test: did you mean branches?"),
        arguments(
            "approvals:\n",
            "github: {tset: {name: Test}}\napprovals:\n",
            ":71:10 unknown key tset in github: did you mean test?"),
        arguments(
            "approvals:\n",
            "github: {test: {reviewers: [mona lisa]}}\napprovals:\n",
            ":71:29 github.test.reviewers[0] is \"mona lisa\", which breaks the rule: a login such"
                + " as mona, or a team as ORG/TEAM"),
        arguments(
            "approvals:\n",
            "github: {test: {name: dev}}\napprovals:\n",
            ":71:10 GitHub's environment of test is that of dev too: give each its own name"),
        arguments(
            "    endpoint_name: taxifare-b-mldemo-t-{suffix}",
            "    endpoint_name: 1-taxi",
            ":34:20 environments.test.endpoint_name is \"1-taxi\", which breaks the rule: letters,"
                + " digits and -, a letter first, no - last"),
        arguments(
            "    output: azureml://datastores/mlopsdemotestcointainer/paths/taxioutput",
            "    output: taxioutput",
            ":37:13 environments.test.output is \"taxioutput\", expected a URI: such as"
                + " azureml://datastores/NAME/paths/FOLDER"),
        arguments(
            "    uploads:\n      - file: data/taxi-batch.csv\n        to: taxibatch/",
            "    uploads:\n      - file: data/taxi-batch.csv\n        too: taxibatch/",
            ":40:9 unknown key too in environments.test.uploads[0]: did you mean to?"),
        arguments(
            "    uploads:\n      - file: data/taxi-batch.csv\n        to: taxibatch/",
            "    uploads:\n      - data/taxi-batch.csv\n      - file: data/taxi-batch.csv\n        to: /x",
            ":39:9 environments.test.uploads[0] is the text \"data/taxi-batch.csv\", expected a map"
                + " of keys and values"),
        arguments(
            "        to: taxibatch/",
            "        to: taxibatch/../../x/",
            ":40:13 environments.test.uploads[0].to is \"taxibatch/../../x/\", which breaks the rule: a"
                + " path with / between folders, none first, and no . or .. among them"),
        arguments(
            "      - file: data/taxi-request.json\n        to: taxioutput/",
            "      - file: data/taxi-request.json\n        to: taxibatch/taxi-batch.csv",
            ":41:9 environments.test.uploads[1] becomes taxibatch/taxi-batch.csv, as"
                + " environments.test.uploads[0] does: give each a name of its own"),
        arguments(
            "    uploads:\n",
            "    uploads: 7\n    upload:\n",
            ":38:14 environments.test.uploads is 7, expected a list"),
        arguments(
            "    min: 0.7",
            "    min: high",
            ":67:10 gate.r2.min is the text \"high\", expected a number"),
        arguments(
            "    min: 0.7",
            "    min: .nan",
            ":67:5 gate.r2 lets nothing pass: no number is above or below .nan"),
        arguments(
            "    min: 0.7",
            "    min: 0.7\n    max: 0.5",
            ":67:5 gate.r2 lets nothing pass: min is above max"),
        arguments(
            "    min: 0.7",
            "    least: 0.7",
            ":67:5 unknown key least in gate.r2: valid here: min, max"),
        arguments(
            "champion: not-worse",
            "champoin: not-worse",
            ":68:13 gate.champoin is the text \"not-worse\", expected a map of keys and values"),
        arguments(
            "champion: not-worse",
            "champion: notworse",
            ":68:13 gate.champion is the text \"notworse\": did you mean not-worse?"),
        arguments(
            "  prod: none",
            "  prod: yes",
            ":72:9 approvals.prod is yes: valid here: none, required"),
        arguments(
            "  prod: none",
            "  dev: none",
            ":72:3 unknown key dev in approvals: valid here: test, prod"),
        arguments(
            "cloud: local",
            "suffix: other",
            ":4:1 the key suffix stands here twice, first in line 3"),
        arguments("cloud: local", "\tcloud: local", ":4:1 not YAML"),
        arguments(
            "suffix: demo",
            "suffix: !!python/name demo",
            ":3:9 the tag tag:yaml.org,2002:python/name is not allowed"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void each_mistake_is_told_with_its_place(String right, String wrong, String expected)
      throws IOException {
    assertTrue(good.contains(right), right);
    String message =
        failure(
            good.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong)),
            ProfileOverrides.none());
    assertTrue(message.lines().anyMatch(line -> line.contains("mlops.yml" + expected)), message);
  }

  @Test
  void all_mistakes_are_told_together() throws IOException {
    String bad =
        good.replace("suffix: demo", "sufix: demo")
            .replace("cloud: local", "cloud: aws")
            .replace("min: 0.7", "min: x");
    assertEquals(4, failure(bad, ProfileOverrides.none()).lines().count());
  }

  @Test
  void what_the_command_line_says_is_checked_too() throws IOException {
    ProfileOverrides overrides =
        new ProfileOverrides(
            Optional.of("X Y"),
            Optional.empty(),
            Optional.of("nonsense"),
            Optional.empty(),
            Optional.of(Profile.Via.REGISTRY));
    String message = failure(good, overrides);
    assertTrue(message.contains("--suffix \"X Y\" breaks the rule"), message);
    assertTrue(message.contains("--subscription has 8 characters, allowed are 36"), message);
    assertTrue(message.contains("registry.yml does not exist"), message); // it is needed now
    assertEquals(4, message.lines().count(), message);
  }

  @Test
  void variables_of_the_environment_are_put_in() throws IOException {
    Path file = folder.resolve("mlops.yml");
    Files.writeString(
        file,
        good.replace("suffix: demo", "suffix: ${WHO:-me}")
            .replace("location: eastus2", "location: ${REGION}"));
    Profile profile =
        ProfileFile.load(file, ProfileOverrides.none(), Map.of("REGION", "westeurope"));
    assertEquals("me", profile.suffix());
    assertEquals("westeurope", profile.location());
    assertEquals("ml-mlopsdemo-me-01", profile.training().environment().workspace());
    Profile mine =
        ProfileFile.load(file, ProfileOverrides.none(), Map.of("REGION", "x1", "WHO", "you"));
    assertEquals("you", mine.suffix());
  }

  @Test
  void an_empty_file_and_a_folder_are_no_profiles() throws IOException {
    assertTrue(failure("", ProfileOverrides.none()).contains("mlops.yml:1:1 the file is empty"));
    MlopsException failure =
        assertThrows(
            MlopsException.class,
            () -> ProfileFile.load(folder.resolve("data"), ProfileOverrides.none(), Map.of()));
    assertTrue(failure.message().contains("data:1:1 this is a folder, expected a file"));
  }

  @Test
  void marks_of_windows_and_anchors_are_no_mistakes() throws IOException {
    Path file = folder.resolve("mlops.yml");
    String test = good.substring(good.indexOf("  test:"), good.indexOf("  prod:"));
    String uploads = test.substring(test.indexOf("    uploads:"));
    int second = good.lastIndexOf(uploads.strip());
    String aliased =
        good.substring(0, second)
            + "uploads: *same"
            + good.substring(second + uploads.strip().length());
    String anchored = aliased.replaceFirst("    uploads:", "    uploads: &same");
    Files.writeString(file, "\uFEFF" + anchored.replace("\n", "\r\n"));
    Profile profile = ProfileFile.load(file, ProfileOverrides.none(), Map.of());
    assertEquals(2, profile.targets().get(1).environment().blobs().uploads().size());
    assertEquals(
        profile.targets().get(0).environment().blobs().uploads(),
        profile.targets().get(1).environment().blobs().uploads());
  }

  private String failure(String content, ProfileOverrides overrides) throws IOException {
    Path file = folder.resolve("mlops.yml");
    Files.writeString(file, content);
    MlopsException failure =
        assertThrows(
            MlopsException.class, () -> ProfileFile.load(file, overrides, Map.of()), content);
    assertEquals(MlopsException.Kind.INVALID, failure.kind());
    return failure.message();
  }
}
