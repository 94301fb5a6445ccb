package mlops.emulator.github.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.emulator.http.Json;
import mlops.emulator.state.StateTree;

/**
 * People, organisations, teams and repositories, as the documents {@code /github/…}. A new GitHub
 * begins with those of {@code seed.json}, written when somebody first asks for any.
 */
public final class GitHubDirectory {
  /** The person at the keyboard. */
  public static final String USER = "mona";

  private static final String ROOT = "/github";
  private static final String OWNERS = ROOT + "/owners";
  private static final String TEAMS = ROOT + "/teams";
  private static final String NUMBERS = ROOT + "/numbers";
  private static final String LAST = "last";
  private static final long FIRST_NUMBER = 4_400_000_000L;

  private final StateTree state;

  public GitHubDirectory(StateTree state) {
    this.state = state;
  }

  public StateTree state() {
    return state;
  }

  public Optional<Owner> owner(String login) {
    return owners().stream().filter(o -> o.login().equalsIgnoreCase(login)).findFirst();
  }

  public Optional<Owner> owner(long number) {
    return owners().stream().filter(o -> o.number() == number).findFirst();
  }

  public Optional<Team> team(String organization, String slug) {
    String name = organization + "/" + slug;
    return teams().stream().filter(t -> t.fullName().equalsIgnoreCase(name)).findFirst();
  }

  public Optional<Team> team(long number) {
    return teams().stream().filter(t -> t.number() == number).findFirst();
  }

  private List<Team> teams() {
    seed();
    return state.list(TEAMS, Team::of);
  }

  public List<Repository> repositories() {
    List<Owner> owners = owners();
    return state.list(Repository.collection(), document -> repository(document, owners));
  }

  private static Repository repository(ObjectNode document, List<Owner> owners) {
    String login = document.path("owner").asText();
    Owner owner = owners.stream().filter(o -> o.login().equals(login)).findFirst().orElseThrow();
    return Repository.of(document, owner);
  }

  public Optional<Repository> repository(long number) {
    return repositories().stream().filter(r -> r.number() == number).findFirst();
  }

  /** The repository that is called so now. */
  public Optional<Repository> repository(String fullName) {
    return repositories().stream().filter(r -> r.isCalled(fullName)).findFirst();
  }

  /** The repository that was called so, where none is now. */
  public Optional<Repository> renamed(String fullName) {
    return repositories().stream().filter(r -> r.wasCalled(fullName)).findFirst();
  }

  /** What a person may do in a repository, by himself or by his teams. */
  public Role role(String login, Repository repository) {
    Role own = repository.access().getOrDefault(login, Role.NONE);
    return teams().stream()
        .filter(t -> t.hasMember(login))
        .map(t -> role(t, repository))
        .reduce(own, (a, b) -> a.includes(b) ? a : b);
  }

  public Role role(Team team, Repository repository) {
    return repository.access().getOrDefault(team.fullName(), Role.NONE);
  }

  /** Gives a team a role in a repository, in place of the one that it has. */
  public void give(Team team, Repository repository, Role role) {
    state.exclusively(
        () -> {
          String id = Repository.collection() + "/" + repository.number();
          ObjectNode document = state.read(id).orElseThrow();
          document.withObject("/access").put(team.fullName(), role.toString());
          state.write(id, document);
          return role;
        });
  }

  /** The next number for something new. */
  public long nextNumber() {
    seed();
    return state.exclusively(
        () -> {
          ObjectNode numbers = state.read(NUMBERS).orElseThrow();
          long next = numbers.path(LAST).asLong() + 1;
          state.write(NUMBERS, numbers.put(LAST, next));
          return next;
        });
  }

  private List<Owner> owners() {
    seed();
    return state.list(OWNERS, Owner::of);
  }

  private void seed() {
    if (!state.exists(NUMBERS)) {
      state.exclusively(this::writeSeed);
    }
  }

  /** The numbers come last: where they are, all is. */
  private boolean writeSeed() {
    JsonNode seed = Json.resource(GitHubDirectory.class, "seed.json");
    for (String collection : List.of("owners", "teams", "repositories")) {
      for (JsonNode document : seed.path(collection)) {
        String number = document.path("number").asText();
        state.write(ROOT + "/" + collection + "/" + number, document);
      }
    }
    state.write(NUMBERS, Json.object().put(LAST, FIRST_NUMBER));
    return true;
  }
}
