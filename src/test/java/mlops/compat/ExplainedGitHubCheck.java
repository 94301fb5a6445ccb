package mlops.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every line of az and gh that --explain prints of GitHub, by the newest az and Debian's gh. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ExplainedGitHubCheck {
  /** Where the lines and mlops are known to leave other things, and why. */
  private static final List<String> EXPECTED =
      List.of(
          // az has no option for the tags of an application, by which disconnect knows its own
          "directory/\\S+/tags(/0)?: .*",
          // the name tells subjects apart, and the description tells when it was made
          "directory/\\S+/(name|description): .*",
          // Entra keeps what is deleted for a month
          "directory/deleteditems/\\{guid}.json");

  private static final String CONNECT = "github connect --repo octo-org/taxi -q -o json";
  private static final String DISCONNECT = "github disconnect --repo octo-org/taxi -q -o json";

  @TempDir Path byLines;
  @TempDir Path byMlops;

  @Test
  void the_lines_alone_make_what_connect_makes_and_take_it_away() throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/gh")), "install Debian's gh");
    RealClients clients =
        RealClients.in(byLines, InstalledClients.of(InstalledClients.Release.NEWEST));
    RealClients mlops =
        RealClients.in(byMlops, InstalledClients.of(InstalledClients.Release.NEWEST));
    for (RealClients each : List.of(clients, mlops)) {
      each.mlops("bootstrap -q -o json");
      each.mlops(CONNECT + " --plan"); // so that there is a GitHub
    }
    StateShape before = new StateShape(mlops.state());
    run(clients, lines(clients.mlops(CONNECT + " --plan --explain")));
    for (JsonNode step : clients.mlops(CONNECT + " --plan").path("steps")) {
      assertEquals("none", step.path("action").asText(), step::toPrettyString);
    }
    mlops.mlops(CONNECT);
    same(new StateShape(mlops.state()), new StateShape(clients.state()));

    run(mlops, lines(mlops.mlops(DISCONNECT + " --plan --explain")));
    same(before, new StateShape(mlops.state()));
  }

  private static void run(RealClients clients, List<String> lines) throws Exception {
    List<String> all = new ArrayList<>(List.of("export GH_CONFIG_DIR=$OUT/gh"));
    all.addAll(lines);
    Files.write(clients.folder().resolve("out/lines"), all);
    clients.run("explained.sh");
  }

  private static void same(StateShape one, StateShape other) {
    Set<String> differ = one.differences(other);
    for (String expected : EXPECTED) {
      differ.removeIf(line -> line.matches("[~+] " + expected));
    }
    assertEquals("", String.join("\n", differ));
  }

  /** What there is to be typed, and then what there is to be looked at. */
  private static List<String> lines(JsonNode plan) {
    Set<String> make = new LinkedHashSet<>();
    Set<String> look = new LinkedHashSet<>();
    for (JsonNode step : plan.path("steps")) {
      if (step.hasNonNull("az")) {
        make.add(step.path("az").asText());
      }
      step.path("gh").forEach(line -> make.add(line.asText()));
      look.add(step.path("look").asText());
    }
    make.addAll(look);
    return List.copyOf(make);
  }
}
