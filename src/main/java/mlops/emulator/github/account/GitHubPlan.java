package mlops.emulator.github.account;

import java.util.Locale;

/** What the owner of the repositories pays for, by which GitHub allows environments. */
public enum GitHubPlan {
  /** Public repositories, which have everything. */
  PUBLIC("free", true, true),
  /** Private repositories of an account that pays nothing. */
  FREE("free", false, false),
  /** Private repositories of GitHub Pro or Team. */
  TEAM("team", true, false),
  /** Private repositories of GitHub Enterprise Cloud. */
  ENTERPRISE("enterprise", true, true);

  private final String billed;
  private final boolean environments;
  private final boolean reviewers;

  GitHubPlan(String billed, boolean environments, boolean reviewers) {
    this.billed = billed;
    this.environments = environments;
    this.reviewers = reviewers;
  }

  /** The name of the plan in the account of its owner. */
  public String billed() {
    return billed;
  }

  public boolean isPrivate() {
    return this != PUBLIC;
  }

  /** {@code public} or {@code private}, as repositories say it. */
  public String visibility() {
    return isPrivate() ? "private" : "public";
  }

  public boolean hasEnvironments() {
    return environments;
  }

  /** Whether environments may ask for reviewers, and wait. */
  public boolean hasReviewers() {
    return reviewers;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
