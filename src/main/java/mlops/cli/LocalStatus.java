package mlops.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.Options;

/**
 * What is in the local Azure.
 *
 * @param counts how many resources there are of each type
 */
record LocalStatus(LocalAzure local, String user, Map<String, Integer> counts) {

  static LocalStatus of(MlopsCommand mlops) {
    LocalAzure local = LocalAzure.of(mlops);
    LocalStateFolder.require(local.folder());
    if (!local.exists()) {
      return new LocalStatus(local, Options.USER, Map.of()); // to look makes nothing
    }
    EmbeddedAzure azure = local.open();
    Map<String, Integer> counts = new TreeMap<>();
    azure
        .state()
        .walk("/subscriptions")
        .forEach(
            document -> {
              String type = document.path("type").asText();
              if (type.startsWith("Microsoft.")) {
                counts.merge(type, 1, Integer::sum);
              }
            });
    return new LocalStatus(local, azure.user().name(), counts);
  }

  void print(PrintWriter out) {
    out.println("state         " + local.folder());
    out.println("tenant        " + Options.TENANT);
    out.println("subscription  " + local.options().subscription());
    out.println("user          " + user);
    out.println();
    counts.forEach((type, count) -> out.printf("%6d  %s%n", count, type));
    if (!counts.containsKey("Microsoft.Resources/resourceGroups")) {
      out.println("nothing in it yet: mlops bootstrap");
    }
    out.flush();
  }

  void json(ObjectNode json) {
    json.put("tenantId", Options.TENANT);
    json.put("subscriptionId", local.options().subscription());
    json.put("user", user).put("stateDir", local.folder().toString());
    ObjectNode byType = json.putObject("counts");
    counts.forEach(byType::put);
  }
}
