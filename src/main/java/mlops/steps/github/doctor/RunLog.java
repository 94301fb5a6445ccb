package mlops.steps.github.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
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
    List<String> failed =
        github.list(path + "/jobs", "jobs").stream()
            .filter(job -> job.path("conclusion").asText().equals("failure"))
            .map(job -> log(github, repository, job))
            .toList();
    if (failed.isEmpty()) {
      throw MlopsException.failed(
          "NoFailedJob",
          "no job of run %s of %s has failed".formatted(run, repository),
          "gh run view %s --repo %s shows its state."
              .formatted(run, github.site().named(repository)));
    }
    return String.join("\n", failed);
  }

  private static String log(GitHubClient github, String repository, JsonNode job) {
    return github.text(
        "/repos/%s/actions/jobs/%s/logs".formatted(repository, job.path("id").asText()));
  }

  private RunLog() {}
}
