package mlops.steps.github.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import mlops.azure.github.GitHubClient;
import mlops.error.MlopsException;

/** What the jobs of a run wrote that failed. */
final class RunLog {

  static String of(GitHubClient github, String repository, String run) {
    String path = "/repos/%s/actions/runs/%s".formatted(repository, run);
    if (!github.exists(path)) {
      throw MlopsException.failed(
          "RunNotFound",
          "%s has no run %s, or GitHub does not show it".formatted(repository, run),
          "gh run list --repo %s shows those that there are."
              .formatted(github.site().named(repository)));
    }
    List<JsonNode> failed =
        github.list(path + "/jobs", "jobs").stream()
            .filter(job -> job.path("conclusion").asText().equals("failure"))
            .toList();
    String named = github.site().named(repository);
    if (failed.isEmpty()) {
      throw MlopsException.failed(
          "NoFailedJob",
          "no job of run %s of %s has failed".formatted(run, repository),
          "gh run view %s --repo %s shows its state.".formatted(run, named));
    }
    List<String> logs =
        failed.stream().flatMap(job -> log(github, repository, job).stream()).toList();
    if (logs.isEmpty()) {
      throw MlopsException.failed(
          "NoLog",
          "%s of run %s failed before its first step: %s"
              .formatted(failed.get(0).path("name").asText(), run, rejection(github, path)),
          "gh run rerun %s --failed --repo %s asks again.".formatted(run, named));
    }
    return String.join("\n", logs);
  }

  private static Optional<String> log(GitHubClient github, String repository, JsonNode job) {
    return github.text(
        "/repos/%s/actions/jobs/%s/logs".formatted(repository, job.path("id").asText()));
  }

  /** What a reviewer said last, if he let a job in nowhere. */
  private static String rejection(GitHubClient github, String path) {
    String said = "it has no log";
    for (JsonNode review : github.get(path + "/approvals")) {
      if (review.path("state").asText().equals("rejected")) {
        said = "rejected by " + review.at("/user/login").asText();
      }
    }
    return said;
  }

  private RunLog() {}
}
