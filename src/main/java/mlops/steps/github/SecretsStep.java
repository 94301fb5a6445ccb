package mlops.steps.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import mlops.assets.content.Digest;
import mlops.azure.RestClient;
import mlops.azure.github.GitHubClient;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.sealedbox.SealedBox;

/**
 * The ids by which the jobs of an environment log in, as secrets, for who follows the guide to the
 * letter. GitHub shows none of them again, so a salted hash of them all is kept in a variable.
 */
final class SecretsStep implements Step {
  static final String HASH = "MLOPS_SECRETS_HASH";

  /** By how much the clocks of GitHub may differ: the hash is written right after the secrets. */
  private static final Duration SAME_TIME = Duration.ofSeconds(5);

  private final GitHubClient github;
  private final EnvironmentPath environment;
  private final Supplier<Optional<Map<String, String>>> wanted;

  /**
   * @param wanted values by name; empty while not all of them are known
   */
  SecretsStep(
      GitHubClient github,
      EnvironmentPath environment,
      Supplier<Optional<Map<String, String>>> wanted) {
    this.github = github;
    this.environment = environment;
    this.wanted = wanted;
  }

  @Override
  public String describe() {
    return "secrets of " + environment.name();
  }

  @Override
  public Change check() {
    Optional<Map<String, String>> values = wanted.get();
    if (values.isEmpty()) {
      return Change.create("not set");
    }
    Map<String, Instant> present = written();
    List<String> missing =
        values.get().keySet().stream().filter(n -> !present.containsKey(n)).toList();
    if (!missing.isEmpty()) {
      return Change.create(String.join(", ", missing));
    }
    JsonNode kept = github.find(hashPath()).orElseGet(RestClient.JSON::createObjectNode);
    if (!isRemembered(kept.path("value").asText(), values.get())) {
      return Change.update("they are not those that were written last");
    }
    present.keySet().retainAll(values.get().keySet());
    present.values().removeIf(at -> !at.isAfter(updated(kept).plus(SAME_TIME)));
    return present.isEmpty()
        ? Change.none()
        : Change.update("somebody wrote %s since".formatted(String.join(", ", present.keySet())));
  }

  /** When each secret was written, by its name. */
  private Map<String, Instant> written() {
    Map<String, Instant> written = new TreeMap<>();
    github
        .list(environment.path() + "/secrets", "secrets")
        .forEach(secret -> written.put(secret.path("name").asText(), updated(secret)));
    return written;
  }

  private static Instant updated(JsonNode value) {
    return OffsetDateTime.parse(value.path("updated_at").asText()).toInstant();
  }

  /** Whether connect has kept the ids in secrets. */
  boolean isBegun() {
    return github.exists(hashPath());
  }

  /** The names of those that are there, whoever wrote them. */
  List<String> present() {
    Map<String, Instant> written = written();
    return wanted.get().orElse(Map.of()).keySet().stream().filter(written::containsKey).toList();
  }

  private static boolean isRemembered(String kept, Map<String, String> values) {
    return kept.equals(hash(kept.replaceFirst(":.*", ""), values));
  }

  private static String hash(String salt, Map<String, String> values) {
    Digest digest = Digest.sha256();
    digest.text(salt);
    new TreeMap<>(values).forEach((name, value) -> digest.text(name + "=" + value));
    return salt + ":" + digest.hex();
  }

  @Override
  public void apply(StepMessages messages) {
    Map<String, String> values = wanted.get().orElseThrow();
    String secrets = environment.path() + "/secrets/";
    JsonNode key = github.get(secrets + "public-key");
    byte[] publicKey = Base64.getDecoder().decode(key.path("key").asText());
    values.forEach(
        (name, value) -> {
          byte[] sealed = SealedBox.seal(value.getBytes(StandardCharsets.UTF_8), publicKey);
          github.put(
              secrets + name,
              RestClient.JSON
                  .createObjectNode()
                  .put("encrypted_value", Base64.getEncoder().encodeToString(sealed))
                  .put("key_id", key.path("key_id").asText()));
        });
    remember(hash(UUID.randomUUID().toString(), values));
  }

  private void remember(String hash) {
    JsonNode body = RestClient.JSON.createObjectNode().put("name", HASH).put("value", hash);
    if (github.exists(hashPath())) {
      github.patch(hashPath(), body);
    } else {
      github.post(environment.path() + "/variables", body);
    }
  }

  private String hashPath() {
    return environment.path() + "/variables/" + HASH;
  }
}
