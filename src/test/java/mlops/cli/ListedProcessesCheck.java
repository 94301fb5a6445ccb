package mlops.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import mlops.Program;
import mlops.emulator.github.actions.GitHubActions;
import mlops.sealedbox.SealedBox;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The list of processes, which everybody on the machine may read, holds no secret. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@EnabledOnOs(OS.LINUX)
class ListedProcessesCheck {
  private static final String PASSWORD = "hunter2-canary-of-the-environment";
  private static final String WORKFLOW =
      """
      name: listed
      on: workflow_dispatch
      permissions: {id-token: write, contents: read}
      jobs:
        dev:
          runs-on: ubuntu-latest
          environment: Dev
          env: {PASSWORD: "${{ secrets.PASSWORD }}"}
          steps:
            - uses: azure/login@v2
              with:
                client-id: ${{ secrets.AZURE_CLIENT_ID }}
                tenant-id: ${{ secrets.AZURE_TENANT_ID }}
                subscription-id: ${{ secrets.AZURE_SUBSCRIPTION_ID }}
            - run: sleep 1; test "$PASSWORD" = "${{ secrets.PASSWORD }}"; echo "$PASSWORD"
            - run: sleep 1; test -n "$ACTIONS_ID_TOKEN_REQUEST_TOKEN"
      """;

  @TempDir Path folder;

  @Test
  void neither_while_connect_runs_nor_while_a_workflow_does() throws Exception {
    TaxiRepository taxi = TaxiRepository.in(folder.resolve("azure"));
    Set<String> seen = new TreeSet<>();

    assertEquals(0, watched((TaxiRepository.CONNECT + " --ids-as-secrets").split(" "), seen));
    keep(taxi);
    Path file = folder.resolve("taxi/.github/workflows/listed.yml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, WORKFLOW);
    assertEquals(
        0,
        watched(
            new String[] {"github", "rehearse", "--repo", "octo-org/taxi", "--workflow", "" + file},
            seen));

    assertTrue(seen.stream().anyMatch(line -> line.contains("connect")), seen::toString);
    assertTrue(seen.stream().anyMatch(line -> line.contains("sleep")), seen::toString);
    for (String secret : secrets(taxi)) {
      assertFalse(seen.stream().anyMatch(line -> line.contains(secret)), () -> with(seen, secret));
    }
  }

  private static String with(Set<String> seen, String secret) {
    return seen.stream().filter(line -> line.contains(secret)).findFirst().orElse("");
  }

  /** A secret of the environment, as its owner would keep it there. */
  private static void keep(TaxiRepository taxi) {
    GitHubActions actions = taxi.cloud().azure().github().actions();
    String dev =
        actions
            .environments()
            .find(actions.directory().repository("octo-org/taxi").orElseThrow(), "Dev")
            .orElseThrow()
            .path();
    byte[] key = Base64.getDecoder().decode(actions.keys().of(dev).base64());
    byte[] box = SealedBox.seal(PASSWORD.getBytes(UTF_8), key);
    actions.secrets().put(dev, "PASSWORD", Base64.getEncoder().encodeToString(box));
  }

  /** What must not be seen; every token of the clouds begins with the first. */
  private List<String> secrets(TaxiRepository taxi) throws IOException {
    List<String> secrets = new ArrayList<>(List.of("eyJ", PASSWORD));
    secrets.add(taxi.cloud().azure().github().tokens().ofUser().value());
    secrets.add(taxi.cloud().azure().application().clientSecret());
    try (var files = Files.walk(folder.resolve("azure"))) {
      for (Path kept : files.filter(f -> f.toString().contains("/tokens/")).toList()) {
        secrets.add(Files.readString(kept).strip());
      }
    }
    assertTrue(secrets.size() > 4, "the job asked with a token");
    return secrets;
  }

  /** Runs mlops, and notes what the list of processes holds meanwhile. */
  private int watched(String[] words, Set<String> seen) throws IOException, InterruptedException {
    List<String> line = Program.mlops(words);
    line.addAll(List.of("--state", folder.resolve("azure").toString()));
    Path said = folder.resolve("said.txt");
    Process mlops =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    while (mlops.isAlive()) {
      look(seen);
    }
    int code = mlops.waitFor();
    assertEquals(0, code, () -> text(said));
    return code;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void look(Set<String> seen) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : all) {
        seen.add(line(process));
      }
    }
  }

  private static String line(Path process) {
    try {
      return Files.readString(process.resolve("cmdline")).replace('\0', ' ');
    } catch (IOException e) {
      return ""; // it is over
    }
  }
}
