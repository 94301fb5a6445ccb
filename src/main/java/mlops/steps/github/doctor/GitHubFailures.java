package mlops.steps.github.doctor;

import static mlops.steps.github.doctor.KnownFailure.CONNECT;
import static mlops.steps.github.doctor.KnownFailure.WORKFLOW;

import java.util.List;
import java.util.regex.Pattern;

/** GitHub refuses what is set up, or gives a job less than it needs. */
final class GitHubFailures {
  private static final String NO_VALUES =
      "(?i)not all values are present|'client-id' and 'tenant-id' are supplied";

  private static final Pattern PULL_REQUEST =
      Pattern.compile("refs/pull/|:pull_request\\b|event_name: pull_request");

  static final String NO_ENVIRONMENTS = "plan-without-environments";
  static final String NO_ENVIRONMENTS_CAUSE =
      "The plan has no environments for private repositories, so tokens cannot name one.";
  static final String MAKE_PUBLIC =
      "gh repo edit {gh} --visibility public --accept-visibility-change-consequences";

  static final List<KnownFailure> ALL =
      List.of(
          KnownFailure.of(
              "no-id-token",
              "ACTIONS_ID_TOKEN_REQUEST_(URL|TOKEN)|(?i)write permissions? to id-token|id-token: write",
              "The job may not ask GitHub for a token: permissions: id-token: write is missing, in the workflow or in the one that calls it.",
              WORKFLOW),
          KnownFailure.of(
              "no-secrets-for-forks",
              NO_VALUES,
              e -> e.text().says(PULL_REQUEST),
              "The run is of a pull request, and GitHub gives neither secrets nor tokens to those of forks.",
              "gh workflow run mlops.yml --ref main --repo {gh}"),
          KnownFailure.of(
              NO_ENVIRONMENTS,
              NO_VALUES,
              Evidence::lacksEnvironments,
              "The plan has no environments for private repositories, so the job has none of their values.",
              MAKE_PUBLIC),
          KnownFailure.of(
              "values-missing",
              NO_VALUES,
              "AZURE_CLIENT_ID, AZURE_TENANT_ID or AZURE_SUBSCRIPTION_ID is empty in the job: its environment does not have it.",
              CONNECT),
          KnownFailure.of(
              "plan-without-reviewers",
              "PlanWithoutReviewers|required reviewers protection rule|protected branch gate",
              "The plan has no required reviewers for private repositories: that takes GitHub Enterprise, or a public repository. --no-reviewers leaves the question to approvals: of the profile, which stops mlops promote and nothing else.",
              CONNECT + " --no-reviewers"),
          KnownFailure.of(
              NO_ENVIRONMENTS, "PlanWithoutEnvironments", NO_ENVIRONMENTS_CAUSE, MAKE_PUBLIC),
          KnownFailure.of(
              "self-review-without-reviewers",
              "prevent_self_review",
              "Who may not review his own run needs somebody else who reviews: the environment has no reviewers.",
              CONNECT + " --reviewer LOGIN"),
          KnownFailure.of(
              "reviewer-without-access",
              "ReviewerWithoutAccess",
              "The team cannot read the repository, and GitHub leaves such reviewers out without a word.",
              "gh api{hostname} -X PUT orgs/{owner}/teams/{team}/repos/{repository} -f permission=pull"),
          KnownFailure.of(
              "too-many-credentials",
              "(?i)federated identity credentials?[^\\n]*(limit|maximum|exceed)",
              "An application takes 20 federated credentials, and it has as many; the one to delete is for no job of this repository.",
              "az ad app federated-credential delete --id {full} --federated-credential-id {spare}"),
          KnownFailure.of(
              "token-without-right",
              "Resource not accessible by (personal access token|integration)|NotAdministrator|GitHubPermission|ScopeMissing|Must have admin rights",
              "The token may not administer {repository}: environments take the role Admin, and the scope repo or the permission Administration: write.",
              "gh auth refresh{hostname} -s repo"));

  private GitHubFailures() {}
}
