package mlops.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.github.actions.IdTokens;
import mlops.emulator.login.token.Tokens;
import mlops.emulator.run.process.Machine;
import mlops.rehearsal.log.StepFailure;

/** {@code azure/login}: logs az in as the application that trusts this job. */
final class AzureLogin {
  private static final String AUDIENCE = "api://AzureADTokenExchange";
  private static final String AZ = "az";
  private static final Map<String, String> CLAIMS = claims();

  private static Map<String, String> claims() {
    Map<String, String> claims = new LinkedHashMap<>();
    claims.put("iss", "issuer");
    claims.put("sub", "subject claim");
    claims.put("aud", "audience");
    claims.put("job_workflow_ref", "job_workflow_ref");
    return claims;
  }

  static void run(StepCall call) {
    call.allow(
        "client-id",
        "tenant-id",
        "subscription-id",
        "audience",
        "allow-no-subscriptions",
        "enable-AzPSSession",
        "environment",
        "auth-type");
    requireSupported(call);
    for (String name : List.of("client-id", "tenant-id")) {
      if (call.input(name, "").isEmpty()) {
        throw failure(
            "Using auth-type: SERVICE_PRINCIPAL. Not all values are present. Ensure 'client-id'"
                + " and 'tenant-id' are supplied.");
      }
    }
    if (Machine.program(AZ).isEmpty()) {
      throw failure(
          "Unable to locate executable file: az. A rehearsal uses the az of this machine.");
    }
    logIn(call, token(call));
    String subscription = call.input("subscription-id", "");
    if (!subscription.isEmpty()) {
      az(call, List.of(AZ, "account", "set", "--subscription", subscription));
    }
  }

  /** What the action could do as well, and this one cannot. */
  private static void requireSupported(StepCall call) {
    Map<String, String> only =
        Map.of(
            "enable-AzPSSession", "false",
            "environment", "azurecloud",
            "auth-type", "SERVICE_PRINCIPAL");
    only.forEach(
        (input, value) -> {
          if (!call.input(input, value).equalsIgnoreCase(value)) {
            throw failure(
                "a rehearsal knows %s: %s alone, not %s"
                    .formatted(input, value, call.input(input, value)));
          }
        });
  }

  private static StepFailure failure(String why) {
    return new StepFailure("Login failed with Error: " + why);
  }

  private static void logIn(StepCall call, String token) {
    call.log().masks().hide(List.of(token));
    Tokens.claimed(token).ifPresent(claims -> tell(call, claims));
    List<String> command =
        new ArrayList<>(List.of(AZ, "login", "--service-principal", "--output", "none"));
    command.addAll(List.of("--username", call.input("client-id", "")));
    command.addAll(List.of("--tenant", call.input("tenant-id", "")));
    // az reads the file: all may read the command lines of processes
    command.addAll(List.of("--federated-token", "@" + kept(call, token)));
    if (Boolean.parseBoolean(call.input("allow-no-subscriptions", "false"))) {
      command.add("--allow-no-subscriptions");
    }
    az(call, command);
  }

  /** In the words of the action, which people look for. */
  private static void tell(StepCall call, JsonNode claims) {
    call.log().say("Federated token details:");
    CLAIMS.forEach(
        (claim, words) ->
            call.log().printed(" %s - %s".formatted(words, claims.path(claim).asText())));
  }

  private static void az(StepCall call, List<String> command) {
    int code = call.processes().run(command, call.workspace(), call.variables(), call.limit());
    if (code != 0) {
      throw failure("The process 'az' failed with exit code %d.".formatted(code));
    }
  }

  private static String kept(StepCall call, String token) {
    Path file = call.host().folders().temporary().resolve("id-token");
    try {
      Files.writeString(file, token);
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String token(StepCall call) {
    String shown = call.variables().getOrDefault("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "");
    if (shown.isEmpty()) {
      throw failure(
          "Failed to fetch federated token from GitHub. Please make sure to"
              + " give write permissions to id-token in the workflow.");
    }
    IdTokens tokens = call.host().actions().idTokens();
    return tokens
        .issue(
            call.host().repository(),
            call.run().number(),
            call.job().number(),
            shown,
            Optional.of(call.input("audience", AUDIENCE)))
        .orElseThrow(() -> new StepFailure("GitHub issues no token to this job"));
  }

  private AzureLogin() {}
}
