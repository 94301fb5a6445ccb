package mlops.emulator.github.route;

import mlops.emulator.github.account.Role;

/** What a route asks for: a permission of the token, and a role of its owner in the repository. */
public enum GitHubRight {
  READ_REPOSITORY("metadata", "read", Role.READ),
  READ_ACTIONS("actions", "read", Role.READ),
  WRITE_ACTIONS("actions", "write", Role.WRITE),
  READ_DEPLOYMENTS("deployments", "read", Role.READ),
  REVIEW_DEPLOYMENTS("deployments", "write", Role.READ),
  CUSTOMIZE_SUBJECT("actions", "write", Role.ADMIN),
  ADMINISTER("administration", "write", Role.ADMIN),
  READ_ENVIRONMENT_VALUES("environments", "read", Role.WRITE),
  WRITE_ENVIRONMENT_VALUES("environments", "write", Role.WRITE),
  READ_SECRETS("secrets", "read", Role.WRITE),
  WRITE_SECRETS("secrets", "write", Role.WRITE),
  READ_VARIABLES("variables", "read", Role.WRITE),
  WRITE_VARIABLES("variables", "write", Role.WRITE);

  final String permission;
  final String level;
  final Role role;

  GitHubRight(String permission, String level, Role role) {
    this.permission = permission;
    this.level = level;
    this.role = role;
  }

  /** As {@code X-Accepted-GitHub-Permissions} writes it. */
  String accepted() {
    return permission + "=" + level;
  }

  /** Whether whoever sees a repository has it, as everybody does in a public one. */
  boolean isOfReaders() {
    return role == Role.READ && level.equals("read");
  }
}
