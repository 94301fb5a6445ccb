package mlops.steps.github.login;

import mlops.profile.Profile;

/** How the applications are called that jobs log in as. */
public final class ApplicationName {

  /** That of the jobs of one environment: {@code gitAppdevdemo}, as the guide has it. */
  public static String of(Profile profile, Profile.Environment environment) {
    return profile.gitHubApplication(environment);
  }

  private ApplicationName() {}
}
