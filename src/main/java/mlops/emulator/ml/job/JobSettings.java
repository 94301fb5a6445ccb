package mlops.emulator.ml.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import mlops.emulator.http.ApiException;

/**
 * Settings of jobs, and of the nodes of pipelines, that would change what comes of them and that
 * nothing here follows: refused by name.
 *
 * <p>Accepted without effect, each for a reason: {@code queueSettings}, {@code
 * resources.instanceType} and {@code resources.properties} (there is one machine, which costs
 * nothing and takes nothing away), {@code resources.shmSize} (a job has the machine's own shared
 * memory), {@code notificationSetting} (nothing here sends mail), {@code sourceJobId} (it only says
 * where a job came from), and {@code services}: nobody looks into a job while it runs, as its log
 * says.
 */
final class JobSettings {
  static void check(JsonNode job) {
    String docker = text(job.path("resources"), "dockerArgs", "docker_args");
    refuse(!docker.isEmpty(), "resources.dockerArgs: jobs are no containers here");
    refuse(!job.path("secretsConfiguration").isEmpty(), "secretsConfiguration");
    String autologger = job.at("/autologgerSettings/mlflowAutologger").asText();
    refuse(autologger.equalsIgnoreCase("Enabled"), "autologgerSettings.mlflowAutologger");
    JsonNode identity = job.path("identity");
    for (String id : List.of("clientId", "objectId", "resourceId", "client_id", "object_id")) {
      refuse(
          !text(identity, id).isEmpty(),
          "identity.%s: a job is its compute's identity, or the user's".formatted(id));
    }
  }

  private static void refuse(boolean asked, String what) {
    if (asked) {
      throw ApiException.notImplemented("The embedded Azure does not follow %s.".formatted(what));
    }
  }

  private static String text(JsonNode node, String... names) {
    for (String name : names) {
      if (node.hasNonNull(name)) {
        return node.path(name).asText();
      }
    }
    return "";
  }

  private JobSettings() {}
}
