package mlops.emulator.github.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import mlops.emulator.github.account.GitHubDirectory;
import mlops.emulator.github.account.GitHubPlan;
import mlops.emulator.github.account.Owner;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.account.Role;
import mlops.emulator.github.account.Team;
import mlops.emulator.http.Json;

/** People, organisations, teams and repositories as GitHub describes them. */
public final class AccountDocuments {
  private final GitHubDirectory directory;
  private final GitHubPlan plan;

  public AccountDocuments(GitHubDirectory directory, GitHubPlan plan) {
    this.directory = directory;
    this.plan = plan;
  }

  /** A person or an organisation, as it stands in other objects. */
  public static ObjectNode simple(Owner owner) {
    ObjectNode user = GitHubTemplate.fill("user", names(owner));
    return identified(user, owner.isOrganization() ? "O" : "U", owner.number())
        .put("type", owner.type());
  }

  /** The page of a person or an organisation that all may read. */
  static ObjectNode profile(Owner owner) {
    ObjectNode profile = GitHubTemplate.fill("profile", Map.of());
    profile.put("name", owner.name());
    return dated(simple(owner).setAll(profile), owner.createdAt());
  }

  /** What a person sees of himself. */
  static ObjectNode own(Owner owner) {
    return profile(owner)
        .put("private_gists", 0)
        .put("total_private_repos", 0)
        .put("owned_private_repos", 0)
        .put("disk_usage", 0)
        .put("collaborators", 0)
        .put("two_factor_authentication", true);
  }

  /**
   * An organisation.
   *
   * @param member whether to say what only its members see
   */
  ObjectNode organization(Owner owner, boolean member) {
    ObjectNode organization = GitHubTemplate.fill("organization", names(owner));
    identified(organization, "O", owner.number()).put("name", owner.name());
    if (member) {
      organization
          .putObject("plan")
          .put("name", plan.billed())
          .put("space", 976562499)
          .put("private_repos", 999999);
    }
    return dated(organization, owner.createdAt());
  }

  ObjectNode team(Team team) {
    Owner organization = directory.owner(team.organization()).orElseThrow();
    Map<String, String> names =
        Map.of(
            "organization", String.valueOf(organization.number()),
            "login", organization.login(),
            "slug", team.slug(),
            "id", String.valueOf(team.number()));
    return identified(GitHubTemplate.fill("team", names), "T", team.number())
        .put("name", team.name());
  }

  /** A team as it stands for itself. */
  ObjectNode fullTeam(Team team) {
    Owner organization = directory.owner(team.organization()).orElseThrow();
    ObjectNode full = team(team).put("members_count", team.members().size());
    full.put("repos_count", directory.repositories().size());
    full.set("organization", organization(organization, false));
    return dated(full, organization.createdAt());
  }

  public ObjectNode repository(Repository repository, Role role) {
    ObjectNode full = GitHubTemplate.fill("repository", Map.of("name", repository.fullName()));
    identified(full, "R", repository.number()).put("name", repository.name());
    full.put("private", plan.isPrivate()).put("visibility", plan.visibility());
    full.set("owner", simple(repository.owner()));
    full.set("permissions", permissions(role));
    return dated(full, repository.createdAt()).put("pushed_at", repository.createdAt());
  }

  /** A role as the older words for what it may. */
  static ObjectNode permissions(Role role) {
    return Json.object()
        .put("admin", role.includes(Role.ADMIN))
        .put("maintain", role.includes(Role.MAINTAIN))
        .put("push", role.includes(Role.WRITE))
        .put("triage", role.includes(Role.TRIAGE))
        .put("pull", role.includes(Role.READ));
  }

  private static Map<String, String> names(Owner owner) {
    return Map.of("login", owner.login(), "id", String.valueOf(owner.number()));
  }

  private static ObjectNode identified(ObjectNode object, String kind, long number) {
    return object.put("id", number).put("node_id", NodeId.of(kind, number));
  }

  private static ObjectNode dated(ObjectNode object, String at) {
    return object.put("created_at", at).put("updated_at", at);
  }
}
