package mlops.cli.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mlops.cli.session.RootCommand;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.serve.ServeAddress;
import mlops.emulator.serve.ServeLock;

/**
 * What is in the local Azure.
 *
 * @param counts how many resources there are of each type
 * @param served where other tools reach it now
 */
record LocalStatus(
    LocalAzure local, String user, Map<String, Integer> counts, Optional<ServeAddress> served) {

  static LocalStatus of(RootCommand mlops) {
    LocalAzure local = LocalAzure.of(mlops);
    LocalStateFolder.require(local.folder());
    if (!local.exists()) {
      return new LocalStatus(
          local, EmbeddedAzureOptions.USER, Map.of(), Optional.empty()); // to look makes nothing
    }
    return LocalStateFolder.reading(local.folder(), () -> of(local, local.open()));
  }

  private static LocalStatus of(LocalAzure local, EmbeddedAzure azure) {
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
    return new LocalStatus(local, azure.user().name(), counts, ServeLock.address(azure.state()));
  }

  void print(PrintWriter out) {
    out.println("state         " + local.folder());
    out.println("tenant        " + EmbeddedAzureOptions.TENANT);
    out.println("subscription  " + local.options().subscription());
    out.println("user          " + user);
    served.ifPresent(
        at -> out.println("served        on %s by process %d".formatted(at.proxy(), at.pid())));
    out.println();
    counts.forEach((type, count) -> out.println("%6d  %s".formatted(count, type)));
    if (!counts.containsKey("Microsoft.Resources/resourceGroups")) {
      out.println("nothing in it yet: mlops bootstrap");
    }
    out.flush();
  }

  void json(ObjectNode json) {
    json.put("tenantId", EmbeddedAzureOptions.TENANT);
    json.put("subscriptionId", local.options().subscription());
    json.put("user", user).put("stateDir", local.folder().toString());
    served.ifPresent(at -> json.put("proxy", at.proxy().toString()).put("pid", at.pid()));
    ObjectNode byType = json.putObject("counts");
    counts.forEach(byType::put);
  }
}
