package mlops.emulator.github.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mlops.emulator.http.Json;
import mlops.emulator.state.BrokenFile;
import mlops.emulator.state.DurableFiles;
import mlops.emulator.state.FileCache;
import mlops.emulator.state.StateTree;

/** The tokens of one state, in a file that its owner alone can read. */
public final class GitHubTokens {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /** The name of the one of the person at the keyboard. */
  private static final String USERS = "mlops local";

  private final StateTree state;
  private final SecureRandom random = new SecureRandom();
  private final FileCache<List<GitHubToken>> recent = new FileCache<>(GitHubTokens::parse);

  public GitHubTokens(StateTree state) {
    this.state = state;
  }

  /** The token with this value. */
  public Optional<GitHubToken> find(String value) {
    return all().stream().filter(t -> t.value().equals(value)).findFirst();
  }

  /** The token of the person at the keyboard, made at its first use: what {@code gh} asks for. */
  public GitHubToken ofUser() {
    return named(USERS).orElseGet(() -> state.exclusively(this::makeUsers));
  }

  private GitHubToken makeUsers() {
    return named(USERS)
        .orElseGet(
            () -> classic(USERS, GitHubDirectory.USER, Set.of("repo", "read:org", "workflow")));
  }

  private Optional<GitHubToken> named(String name) {
    return all().stream().filter(t -> t.name().equals(name)).findFirst();
  }

  /** A new classic token. */
  public GitHubToken classic(String name, String login, Set<String> scopes) {
    return keep(new GitHubToken(name, "ghp_" + letters(36), login, Optional.of(scopes), Map.of()));
  }

  /** A new fine-grained token for all repositories that its owner sees. */
  public GitHubToken fineGrained(String name, String login, Map<String, String> permissions) {
    String value = "github_pat_" + letters(22) + "_" + letters(59);
    return keep(new GitHubToken(name, value, login, Optional.empty(), permissions));
  }

  private GitHubToken keep(GitHubToken token) {
    return state.exclusively(
        () -> {
          List<GitHubToken> tokens = new ArrayList<>(all());
          tokens.add(token);
          write(tokens);
          return token;
        });
  }

  private void write(List<GitHubToken> tokens) {
    ObjectNode document = Json.object();
    ArrayNode array = document.putArray("tokens");
    tokens.forEach(t -> array.add(t.document()));
    try {
      DurableFiles.writeSecret(file(), Json.bytes(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<GitHubToken> all() {
    try {
      return recent.read(file());
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw BrokenFile.of(file(), e).failure(e);
    }
  }

  private static List<GitHubToken> parse(Path file) throws IOException {
    List<GitHubToken> tokens = new ArrayList<>();
    for (JsonNode token : Json.MAPPER.readTree(Files.readAllBytes(file)).path("tokens")) {
      tokens.add(GitHubToken.of(token));
    }
    return List.copyOf(tokens);
  }

  private Path file() {
    return state.folder().resolve("github").resolve("tokens.json");
  }

  private String letters(int length) {
    StringBuilder text = new StringBuilder(length);
    random.ints(length, 0, ALPHABET.length()).forEach(at -> text.append(ALPHABET.charAt(at)));
    return text.toString();
  }
}
