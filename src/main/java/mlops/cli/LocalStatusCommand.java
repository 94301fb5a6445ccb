package mlops.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.Options;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mlops local status}. */
@Command(name = "status", description = "Shows where the local Azure lives and what is in it.")
final class LocalStatusCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    MlopsCommand mlops = MlopsCommand.of(spec);
    LocalAzure local = LocalAzure.of(mlops);
    EmbeddedAzure azure = local.open();
    Map<String, Integer> counts = LocalAzure.counts(azure);
    PrintWriter out = mlops.surroundings().console().out();
    if (mlops.options().json()) {
      Document document = new Document("local status", mlops.options());
      fill(document.result(), local, azure, counts);
      fill(document.root(), local, azure, counts); // beside the result too: .tenantId is short
      document.print(out);
      return 0;
    }
    out.println("state         " + local.folder());
    out.println("tenant        " + Options.TENANT);
    out.println("subscription  " + local.options().subscription());
    out.println("user          " + azure.user().name());
    out.println();
    counts.forEach((type, count) -> out.printf("%6d  %s%n", count, type));
    out.println(counts.isEmpty() ? "nothing in it yet: mlops bootstrap" : "");
    out.flush();
    return 0;
  }

  private static void fill(
      ObjectNode json, LocalAzure local, EmbeddedAzure azure, Map<String, Integer> counts) {
    json.put("tenantId", Options.TENANT);
    json.put("subscriptionId", local.options().subscription());
    json.put("user", azure.user().name()).put("stateDir", local.folder().toString());
    ObjectNode byType = json.putObject("counts");
    counts.forEach(byType::put);
  }
}
