package mlops.emulator.github.actions;

import java.time.Clock;
import mlops.emulator.github.account.GitHubDirectory;
import mlops.emulator.github.account.GitHubPlan;
import mlops.emulator.github.environment.BoxKeys;
import mlops.emulator.github.environment.BranchPolicies;
import mlops.emulator.github.environment.DeploymentEnvironments;
import mlops.emulator.github.environment.StoredValues;
import mlops.emulator.login.token.GitHubOidcIssuer;

/** All that the runs of workflows are made of, on one state. */
public record GitHubActions(
    GitHubDirectory directory,
    GitHubPlan plan,
    DeploymentEnvironments environments,
    BranchPolicies branches,
    StoredValues secrets,
    StoredValues variables,
    BoxKeys keys,
    Workflows workflows,
    WorkflowRuns runs,
    DeploymentReviews reviews,
    IdTokens idTokens) {

  public static GitHubActions on(
      GitHubDirectory directory, GitHubPlan plan, GitHubOidcIssuer issuer, Clock clock) {
    DeploymentEnvironments environments = new DeploymentEnvironments(directory, clock);
    WorkflowRuns runs = new WorkflowRuns(directory, clock);
    return new GitHubActions(
        directory,
        plan,
        environments,
        new BranchPolicies(directory),
        StoredValues.secrets(directory.state(), clock),
        StoredValues.variables(directory.state(), clock),
        new BoxKeys(directory.state()),
        new Workflows(directory, clock),
        runs,
        new DeploymentReviews(directory, environments, runs),
        new IdTokens(directory, runs, issuer, plan));
  }
}
