package mlops.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mlops.emulator.github.actions.IdTokens;
import mlops.emulator.login.token.Tokens;
import mlops.rehearsal.log.StepFailure;

/** {@code azure/login}: logs az in as the application that trusts this job. */
final class AzureLogin {
  private static final String AUDIENCE = "api://AzureADTokenExchange";

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
    for (String name : List.of("client-id", "tenant-id")) {
      if (call.input(name, "").isEmpty()) {
        throw new StepFailure(
            "Login failed with Error: Using auth-type: SERVICE_PRINCIPAL. Not all values are"
                + " present. Ensure 'client-id' and 'tenant-id' are supplied.");
      }
    }
    logIn(call, token(call));
    String subscription = call.input("subscription-id", "");
    if (!subscription.isEmpty()) {
      call.require(List.of("az", "account", "set", "--subscription", subscription));
    }
  }

  private static void logIn(StepCall call, String token) {
    call.log().masks().hide(List.of(token));
    Tokens.claimed(token)
        .ifPresent(
            claims -> {
              for (String claim : List.of("iss", "sub", "aud", "job_workflow_ref")) {
                call.log().say(" %s - %s".formatted(claim, claims.path(claim).asText()));
              }
            });
    call.require( // az reads the file: all may read the command lines of processes
        List.of(
            "az",
            "login",
            "--service-principal",
            "--output",
            "none",
            "--username",
            call.input("client-id", ""),
            "--tenant",
            call.input("tenant-id", ""),
            "--federated-token",
            "@" + kept(call, token)));
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
      throw new StepFailure(
          "Login failed with Error: Failed to fetch federated token from GitHub. Please make sure to"
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
