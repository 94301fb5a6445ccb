package mlops.emulator.github;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mlops.emulator.github.GitHubRig.Answer;
import mlops.emulator.github.account.GitHubPlan;
import mlops.emulator.github.account.GitHubToken;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is on GitHub, and who may do what there. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AccountsTest {
  @TempDir Path folder;

  @Test
  void a_repository_says_its_canonical_name_its_ids_and_what_one_may() {
    GitHubRig rig = GitHubRig.in(folder, GitHubPlan.ENTERPRISE);
    Answer taxi = rig.get("/repos/OCTO-org/TAXI");

    assertEquals("octo-org/taxi", taxi.text("/full_name"));
    assertTrue(taxi.json().at("/permissions/admin").asBoolean());
    assertEquals("private", taxi.text("/visibility"));
    assertEquals("mona", rig.get("/user").text("/login"));
    assertEquals("Hubot", rig.get("/users/hubot").text("/name"));
    assertEquals("enterprise", rig.get("/orgs/octo-org").text("/plan/name"));
    assertEquals("reviewers", rig.get("/orgs/octo-org/teams/reviewers").text("/slug"));
    assertEquals(204, rig.get("/orgs/octo-org/teams/reviewers/repos/octo-org/taxi").status());
    String guests = "/orgs/octo-org/teams/guests/repos/octo-org/taxi";
    assertEquals(404, rig.get(guests).status());
    assertEquals(
        "write", rig.get(GitHubRig.TAXI + "/collaborators/hubot/permission").text("/permission"));
    assertEquals(5000, rig.get("/rate_limit").json().at("/rate/limit").asInt());
    for (String list : List.of("runs", "workflows")) {
      String path = GitHubRig.TAXI + "/actions/" + list;
      assertEquals(0, rig.get(path).json().path("total_count").asInt(-1));
    }
    assertEquals(404, rig.get("/users/nobody").status());
    assertEquals(404, rig.get("/orgs/mona").status());
    assertEquals(404, rig.get("/repos/octo-org/other").status());
  }

  @Test
  void who_administers_a_repository_lets_a_team_in() {
    GitHubRig rig = GitHubRig.in(folder, GitHubPlan.ENTERPRISE);
    String guests = "/orgs/octo-org/teams/guests/repos/octo-org/taxi";
    GitHubToken narrow = rig.github().tokens().classic("narrow", "mona", Set.of("read:org"));
    GitHubToken hubot = rig.github().tokens().classic("hubot", "hubot", Set.of("repo", "read:org"));

    assertEquals(404, rig.send(narrow, "PUT", guests, "{\"permission\": \"pull\"}").status());
    assertEquals(403, rig.send(hubot, "PUT", guests, "{\"permission\": \"pull\"}").status());
    assertEquals(422, rig.send("PUT", guests, "{\"permission\": \"own\"}").status());
    assertEquals(404, rig.get(guests).status());
    assertEquals(204, rig.send("PUT", guests, "{\"permission\": \"pull\"}").status());
    assertEquals(204, rig.get(guests).status());
  }

  @Test
  void a_renamed_repository_leads_to_its_number() {
    GitHubRig rig = GitHubRig.in(folder, GitHubPlan.PUBLIC);

    Answer moved = rig.get("/repos/octo-org/taxi-model/environments?page=1");

    assertEquals(301, moved.status());
    String url = "/repositories/1230000001/environments?page=1";
    assertEquals("https://api.github.com" + url, moved.header("Location"));
    assertEquals(0, rig.get(url).json().path("total_count").asInt(-1));
    assertEquals("octo-org/taxi", rig.get("/repositories/1230000001").text("/full_name"));
    assertEquals(
        307, rig.send("PUT", "/repos/octo-org/taxi-model/environments/dev", "{}").status());
    assertEquals(404, rig.get("/repositories/1").status());
  }

  @Test
  void what_a_client_has_already_costs_nothing() {
    GitHubRig rig = GitHubRig.in(folder, GitHubPlan.PUBLIC);
    GitHubToken token = rig.github().tokens().ofUser();
    Answer first = rig.get(GitHubRig.TAXI);

    Answer again =
        rig.send(
            Map.of(
                "Authorization", "token " + token.value(), "If-None-Match", first.header("ETag")),
            "GET",
            GitHubRig.TAXI,
            "");

    assertEquals(304, again.status());
    assertEquals(first.header("X-RateLimit-Remaining"), again.header("X-RateLimit-Remaining"));
    assertEquals("4999", first.header("X-RateLimit-Remaining"));
    Set<String> scopes = Set.of(first.header("X-OAuth-Scopes").split(", "));
    assertEquals(Set.of("repo", "read:org", "workflow"), scopes);
  }

  @Test
  void a_token_that_is_none_or_may_too_little_is_told_so() {
    GitHubRig rig = GitHubRig.in(folder, GitHubPlan.ENTERPRISE);
    String put = GitHubRig.TAXI + "/environments/dev";

    assertEquals(
        "Requires authentication", rig.send(Map.of(), "GET", "/user", "").text("/message"));
    Answer wrong = rig.send(Map.of("Authorization", "Bearer ghp_guess"), "GET", "/user", "");
    assertEquals("Bad credentials", wrong.text("/message"));
    assertEquals("401", wrong.text("/status"));

    GitHubToken narrow =
        rig.github().tokens().fineGrained("narrow", "mona", Map.of("actions", "read"));
    assertEquals(
        0,
        rig.send(narrow, "GET", GitHubRig.TAXI + "/environments", "")
            .json()
            .path("total_count")
            .asInt(-1));
    Answer refused = rig.send(narrow, "PUT", put, "{}");
    assertEquals(403, refused.status());
    assertEquals("administration=write", refused.header("X-Accepted-GitHub-Permissions"));
    assertEquals("Resource not accessible by personal access token", refused.text("/message"));

    GitHubToken blind = rig.github().tokens().classic("blind", "mona", Set.of("gist"));
    assertEquals(404, rig.send(blind, "GET", GitHubRig.TAXI, "").status());
    assertEquals("gist", rig.send(blind, "GET", "/user", "").header("X-OAuth-Scopes"));
    assertFalse(rig.send(blind, "GET", "/orgs/octo-org", "").json().has("plan"));
    assertEquals(404, rig.send(blind, "GET", "/orgs/octo-org/teams/reviewers", "").status());

    GitHubToken writer = rig.github().tokens().classic("writer", "hubot", Set.of("repo"));
    assertFalse(
        rig.send(writer, "GET", GitHubRig.TAXI, "").json().at("/permissions/admin").asBoolean());
    assertEquals(
        "Must have admin rights to Repository.",
        rig.send(writer, "PUT", put, "{}").text("/message"));
    GitHubToken stranger = rig.github().tokens().classic("stranger", "stranger", Set.of("repo"));
    assertEquals(404, rig.send(stranger, "GET", GitHubRig.TAXI, "").status());
    assertEquals(
        403,
        rig.send(
                Map.of("Authorization", "token " + writer.value(), "User-Agent", " "),
                "GET",
                "/user",
                "")
            .status());
  }

  @Test
  void tokens_lie_in_a_file_of_their_owner_and_nowhere_else() throws IOException {
    GitHubRig rig = GitHubRig.in(folder, GitHubPlan.PUBLIC);
    rig.get(GitHubRig.TAXI);
    GitHubToken token = rig.github().tokens().ofUser();
    Path file = folder.resolve("github").resolve("tokens.json");

    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertFalse(token.toString().contains(token.value()));
    try (var files = Files.walk(folder)) {
      for (Path other : files.filter(Files::isRegularFile).filter(f -> !f.equals(file)).toList()) {
        String text = Files.readString(other, StandardCharsets.ISO_8859_1);
        assertFalse(text.contains(token.value()), other::toString);
      }
    }
  }

  @Test
  void the_subject_is_told_by_its_prefix_alone() {
    GitHubRig rig = GitHubRig.in(folder, GitHubPlan.PUBLIC);
    String path = "/actions/oidc/customization/sub";

    Answer young = rig.get(GitHubRig.TAXI + path);
    assertEquals(
        "{\"use_default\":true,\"use_immutable_subject\":false,\"sub_claim_prefix\":\"repo:octo-org@190010001/taxi@1230000001\"}",
        young.json().toString());
    assertFalse(rig.get(GitHubRig.OLD + path).json().has("sub_claim_prefix"));

    String immutable = "{'use_default':true,'use_immutable_subject':true}";
    assertEquals(201, rig.send("PUT", GitHubRig.OLD + path, immutable).status());
    assertEquals(
        "repo:octo-org@190010001/old-taxi@450000001",
        rig.get(GitHubRig.OLD + path).text("/sub_claim_prefix"));
    String template = "{'use_default':false,'include_claim_keys':['repository_id','context']}";
    assertEquals(201, rig.send("PUT", GitHubRig.TAXI + path, template).status());
    assertEquals("context", rig.get(GitHubRig.TAXI + path).text("/include_claim_keys/1"));
    String wrong = template.replace("context", "a-b");
    assertEquals(422, rig.send("PUT", GitHubRig.TAXI + path, wrong).status());
    assertEquals(422, rig.send("PUT", GitHubRig.TAXI + path, "{'use_default':1}").status());
    assertEquals(422, rig.send("PUT", GitHubRig.TAXI + path, "{'use_defualt':true}").status());
    assertEquals(400, rig.send("PUT", GitHubRig.TAXI + path, "[]").status());
  }
}
