package mlops.cli.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.RootCommand;
import mlops.cli.session.Shell;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.serve.ServeAddress;
import mlops.emulator.serve.ServeLock;
import mlops.error.MlopsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops local env}. */
@Command(
    name = "env",
    description = "Prints the variables that lead a shell to the service of local serve.")
final class LocalEnvCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(
      names = "--shell",
      paramLabel = "bash|fish|powershell",
      description = "The language of the shell (bash, which zsh and sh read too).")
  Shell shell = Shell.BASH;

  @Override
  public Integer call() {
    RootCommand mlops = RootCommand.of(spec);
    LocalAzure local = LocalAzure.of(mlops);
    EmbeddedAzure azure = local.open();
    ServeAddress address =
        ServeLock.address(azure.state())
            .orElseThrow(
                () ->
                    MlopsException.failed(
                        "NotServed",
                        "Nothing serves the state " + azure.state().folder(),
                        "Start it in another shell with mlops local serve, or run one command with"
                            + " mlops local exec."));
    LocalEnvVariables variables =
        LocalEnvVariables.of(
            azure, local.options().subscription(), address, mlops.environment().variables());
    PrintWriter out = mlops.environment().console().exactOut();
    if (mlops.options().json()) {
      JsonDocument document = new JsonDocument("local env", mlops.options());
      fill(document.withoutResult(), variables, address); // .proxy is short
      document.print(mlops.environment().console());
    } else {
      variables.unset().forEach(name -> out.println(shell.unset(name)));
      variables.set().forEach((name, value) -> out.println(shell.set(name, value)));
      out.flush();
    }
    return 0;
  }

  private static void fill(ObjectNode json, LocalEnvVariables variables, ServeAddress address) {
    json.put("proxy", address.proxy().toString()).put("port", address.port());
    json.put("caFile", address.caFile().toString()).put("pid", address.pid());
    json.put("tenantId", variables.set().get("AZURE_TENANT_ID"));
    json.put("subscriptionId", variables.set().get("AZURE_SUBSCRIPTION_ID"));
    json.put("clientId", variables.set().get("AZURE_CLIENT_ID"));
    json.put("clientSecret", variables.set().get("AZURE_CLIENT_SECRET"));
    ObjectNode environment = json.putObject("environment");
    variables.set().forEach(environment::put);
    ArrayNode unset = json.putArray("unset");
    variables.unset().forEach(unset::add);
  }
}
