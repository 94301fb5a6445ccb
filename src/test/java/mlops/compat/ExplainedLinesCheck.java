package mlops.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

/** Every line that --explain prints, by the newest real clients, from nothing to the scores. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ExplainedLinesCheck {
  /** Where az and mlops are known to leave other things, and why. */
  private static final List<String> EXPECTED =
      List.of(
          // the workspaces of azure-ai-ml come from its template, which sets every default
          "/workspaces/mlmlopsdlogs\\{hex}/(kind|properties/Application_Type): null \\[web]",
          "/vaults/mlmlopsdkeyvault\\{hex}/properties/enableRbacAuthorization: .*",
          "/tags(/createdByToolkit: null \\[sdk-v2-1.35.2]|: \\[] null)",
          "/workspaces/ml-mlopsdemo-demo-0\\d/properties/\\w+(/\\w+)*: null .*",
          "/storageAccounts/mlmlopsdstorag\\{hex}/properties/(isHnsEnabled|publicNetworkAccess): null .*",
          // azure-ai-ml leaves out the name of a component that stands in the pipeline
          "/componentSpec/display_name: \\[evaluate-model, prep_data, register_model, train_model] \\[evaluate-model]",
          // az uploads code into containers of its own
          "/blobServices/default/containers/\\{container}",
          "/codes/\\{guid}/versions/1/properties/codeUri: .*",
          "/models/\\S+/versions/1/properties/modelUri: .*",
          // mlops notes at the endpoint which deployment it let serve
          "/batchEndpoints/\\S+/tags(/mlops\\.serves: \\[.*] null|: null \\[])",
          // what az has no word for: lineage, the gate's verdict, the manifest
          "/(models/\\S+/versions/1|jobs/\\{(job|guid)})/properties/(tags|properties)(/\\S+)?: .*");

  @TempDir Path byAz;
  @TempDir Path byMlops;

  @Test
  void the_lines_alone_make_what_replay_makes() throws Exception {
    RealClients clients =
        RealClients.in(byAz, InstalledClients.of(InstalledClients.Release.NEWEST));
    List<String> lines = lines(clients);
    Files.write(byAz.resolve("out/lines"), lines);
    clients.run("explained.sh");
    RealClients mlops = RealClients.in(byMlops, InstalledClients.NONE);
    mlops.mlops("replay -q -o json");
    Set<String> differ = new StateShape(mlops.state()).differences(new StateShape(clients.state()));
    List<String> unused = new ArrayList<>(EXPECTED);
    for (String expected : EXPECTED) {
      if (differ.removeIf(line -> line.matches("[~+] \\S+" + expected))) {
        unused.remove(expected);
      }
    }
    assertEquals("", String.join("\n", differ));
    assertEquals(List.of(), unused, "expected to differ, and alike");
  }

  /** What there is to be typed, and then what there is to be looked at. */
  private static List<String> lines(RealClients clients) throws Exception {
    Set<String> make = new LinkedHashSet<>();
    Set<String> look = new LinkedHashSet<>();
    for (JsonNode step : clients.mlops("replay --plan --explain -q -o json").path("steps")) {
      if (step.hasNonNull("az")) {
        make.add(step.path("az").asText());
      }
      if (step.path("look").asText().startsWith("az ")) {
        look.add(step.path("look").asText());
      }
    }
    make.addAll(look);
    return List.copyOf(make);
  }
}
