package mlops.cli.rehearsal;

import java.util.Map;
import mlops.azure.github.JobToken;
import mlops.cli.session.CliEnvironment;
import mlops.cli.session.GlobalOptions;
import mlops.cli.session.RootCommand;
import mlops.cli.session.Session;
import mlops.error.MlopsException;
import mlops.profile.Profile;
import mlops.steps.github.live.LiveLogin;
import mlops.steps.github.live.LiveReport;
import picocli.CommandLine.Model.CommandSpec;

/** {@code mlops github rehearse --live}: the login of the job that it runs in. */
final class LiveRehearsal {
  /** Nothing of a subscription is asked, and a job without environment has none. */
  private static final String NO_SUBSCRIPTION = "00000000-0000-0000-0000-000000000000";

  /**
   * Looks, and tells.
   *
   * @param others whether options are given that are about a workflow run here
   */
  static int look(CommandSpec spec, boolean others) {
    RootCommand mlops = RootCommand.of(spec);
    CliEnvironment environment = mlops.environment();
    if (others) {
      throw MlopsException.invalid(
          "--live runs no workflow, so it takes none of --workflow, --repo, --branch, --run,"
              + " --approve-as and --reject-as",
          "Leave them out, or leave out --live.");
    }
    requireJob(environment.variables());
    choosePublic(mlops.options(), environment.variables());
    try (Session session = Session.open(spec)) {
      LiveReport report =
          new LiveLogin(session.azure(), session.profile(), environment.variables()).look();
      LiveReportView view = new LiveReportView(report, session.clock().instant());
      if (session.options().json()) {
        view.print(session);
      } else {
        view.print(session.console());
      }
      return report.isIn() ? 0 : MlopsException.Kind.FAILED.exitCode;
    }
  }

  private static void requireJob(Map<String, String> variables) {
    if (!"true".equals(variables.get("GITHUB_ACTIONS"))) {
      throw MlopsException.invalid(
          "--live is about the job that it runs in, and this is no job of GitHub Actions",
          "Put `mlops github rehearse --live` into a step of the workflow; without --live it is"
              + " rehearsed here.");
    }
    if (!JobToken.isOffered(variables)) {
      throw MlopsException.failed(
          "NoJobToken",
          "The job may not ask GitHub who it is",
          "Give it the permission id-token: write; a workflow that calls this one, too.");
    }
  }

  /** A job is never about the clouds inside mlops, whatever the profile says. */
  private static void choosePublic(GlobalOptions options, Map<String, String> variables) {
    if (options.cloud == Profile.Cloud.LOCAL) {
      throw MlopsException.invalid(
          "--live asks GitHub and the real Azure, so it is not about --cloud local",
          "Leave out --cloud.");
    }
    options.cloud = Profile.Cloud.AZURE;
    boolean named =
        options.profile(variables).subscription().isPresent()
            || !variables.getOrDefault("AZURE_SUBSCRIPTION_ID", "").isBlank();
    if (!named) {
      options.subscription = NO_SUBSCRIPTION;
    }
  }

  private LiveRehearsal() {}
}
