package mlops.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.goterl.lazysodium.SodiumJava;
import com.goterl.lazysodium.interfaces.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import mlops.emulator.github.actions.GitHubActions;
import mlops.emulator.github.environment.StoredValue;
import mlops.emulator.http.Json;
import mlops.sealedbox.SealedBox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository that was connected one way, and is connected again without saying which. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class ConnectedAgainTest {
  private static final String CONNECT = "github connect --repo octo-org/taxi";
  private static final String PROD = TaxiRepository.PATH + "/environments/Prod";

  @TempDir Path folder;
  private TaxiRepository taxi;

  @BeforeEach
  void a_repository() {
    taxi = TaxiRepository.in(folder.resolve("azure"));
  }

  @Test
  void reviewers_branches_and_secrets_stay_as_they_were_chosen() {
    run(CONNECT + " --reviewer hubot --branch release/* --ids-as-secrets");

    run(CONNECT + " -o json");

    assertEquals(Set.of("unchanged"), outcomes());
    run("github status --repo octo-org/taxi");
    assertTrue(said().contains("github status: 31 unchanged"), said());
    JsonNode prod = taxi.gitHub(PROD);
    assertEquals(
        "[hubot]", prod.findValues("reviewers").get(0).findValuesAsText("login").toString());
    JsonNode branches = taxi.gitHub(PROD + "/deployment-branch-policies");
    assertEquals(List.of("release/*"), branches.findValuesAsText("name"));
    assertEquals(List.of("MLOPS_SECRETS_HASH"), names("variables"));
  }

  @Test
  void libsodium_finds_the_same_in_the_secrets_as_would_be_in_the_variables() throws IOException {
    run(CONNECT + " --ids-as-secrets");
    TreeMap<String, String> opened = new TreeMap<>();
    GitHubActions actions = taxi.cloud().azure().github().actions();
    String prod =
        actions
            .environments()
            .find(actions.directory().repository("octo-org/taxi").orElseThrow(), "Prod")
            .orElseThrow()
            .path();
    for (StoredValue secret : actions.secrets().all(prod)) {
      opened.put(secret.name(), opened(secret.value(), actions.keys().of(prod).base64()));
    }

    run("github disconnect --repo octo-org/taxi");
    run(CONNECT);

    TreeMap<String, String> plain = new TreeMap<>();
    taxi.gitHub(PROD + "/variables")
        .path("variables")
        .forEach(v -> plain.put(v.path("name").asText(), v.path("value").asText()));
    assertEquals(36, opened.getOrDefault("AZURE_CLIENT_ID", "").length());
    opened.keySet().removeIf("AZURE_CLIENT_ID"::equals); // of another application now
    plain.keySet().removeIf("AZURE_CLIENT_ID"::equals);
    assertEquals(plain, opened);
  }

  /** By the private half, a file that no request shows. */
  private String opened(String box, String publicKey) throws IOException {
    byte[] sealed = Base64.getDecoder().decode(box);
    byte[] open = Base64.getDecoder().decode(publicKey);
    for (Path file : files("box.key")) {
      byte[] key = Files.readAllBytes(file);
      byte[] text = new byte[sealed.length - Box.SEALBYTES];
      if (new SodiumJava().crypto_box_seal_open(text, sealed, sealed.length, open, key) == 0) {
        return new String(text, UTF_8);
      }
    }
    throw new AssertionError("no key opens it");
  }

  @Test
  void a_secret_that_somebody_wrote_since_is_written_again() throws IOException {
    run(CONNECT + " --ids-as-secrets");
    Path hash = hashOfProd();
    String earlier = Files.readString(hash).replaceFirst("(\"updated_at\" ?: ?\")\\d{4}", "$12020");
    Path other = Files.writeString(folder.resolve("hash"), earlier);
    Files.move(other, hash, StandardCopyOption.REPLACE_EXISTING);

    run(CONNECT + " --plan");

    assertTrue(said().contains("as secrets, as before: somebody wrote AZURE_CLIENT_ID"), said());
    run(CONNECT);
    run(CONNECT + " -o json");
    assertEquals(Set.of("unchanged"), outcomes());
  }

  private Path hashOfProd() throws IOException {
    String kept = taxi.gitHub(PROD + "/variables/MLOPS_SECRETS_HASH").path("value").asText();
    for (Path file : files("mlops_secrets_hash.json")) {
      if (Files.readString(file).contains(kept)) {
        return file;
      }
    }
    throw new AssertionError("no file holds " + kept);
  }

  private List<Path> files(String name) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.endsWith(name)).toList();
    }
  }

  @Test
  void secrets_of_others_that_jobs_would_take_instead_are_told() {
    run(CONNECT);
    JsonNode key = taxi.gitHub(PROD + "/secrets/public-key");
    byte[] open = Base64.getDecoder().decode(key.path("key").asText());
    byte[] box = SealedBox.seal("theirs".getBytes(UTF_8), open);
    String body =
        Json.object()
            .put("key_id", key.path("key_id").asText())
            .put("encrypted_value", Base64.getEncoder().encodeToString(box))
            .toString();
    assertEquals(201, taxi.gitHub("PUT", PROD + "/secrets/AZURE_TENANT_ID", body).status());

    run("github status --repo octo-org/taxi");

    assertTrue(said().contains("jobs take the secrets of that name instead (AZURE_TENANT_ID)"));
  }

  private List<String> names(String kind) {
    return taxi.gitHub(PROD + "/" + kind).findValuesAsText("name");
  }

  private void run(String words) {
    assertEquals(0, taxi.run(words), this::said);
  }

  private String said() {
    return taxi.mlops().out() + taxi.mlops().err();
  }

  private Set<String> outcomes() {
    Set<String> outcomes = new TreeSet<>();
    taxi.mlops().json().path("steps").forEach(s -> outcomes.add(s.path("outcome").asText()));
    return outcomes;
  }
}
