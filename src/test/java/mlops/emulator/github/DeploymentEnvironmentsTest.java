package mlops.emulator.github;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import mlops.emulator.github.GitHubRig.Answer;
import mlops.emulator.github.account.GitHubPlan;
import mlops.sealedbox.SealedBox;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Environments, what protects them, and the secrets and variables in them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DeploymentEnvironmentsTest {
  private static final String ALL = GitHubRig.TAXI + "/environments";
  private static final String DEV = ALL + "/Dev";
  private static final int HUBOT = 190010003;
  private static final int REVIEWERS = 13000001;
  private static final int GUESTS = 13000002;

  @TempDir Path folder;

  @Test
  void what_protects_an_environment_is_given_whole() {
    GitHubRig rig = GitHubRig.in(folder, GitHubPlan.ENTERPRISE);
    String whole =
        "{'wait_timer':5,'prevent_self_review':true,'reviewers':[{'type':'User','id':%d},{'type':'Team','id':%d},{'type':'Team','id':%d}],'deployment_branch_policy':{'protected_branches':false,'custom_branch_policies':true}}"
            .formatted(HUBOT, REVIEWERS, GUESTS);

    Answer made = rig.send("PUT", DEV, whole);

    assertEquals("Dev", made.text("/name"));
    assertEquals(5, made.json().at("/protection_rules/0/wait_timer").asInt());
    assertEquals("hubot", made.text("/protection_rules/1/reviewers/0/reviewer/login"));
    assertEquals("reviewers", made.text("/protection_rules/1/reviewers/1/reviewer/slug"));
    assertEquals(2, made.json().at("/protection_rules/1/reviewers").size(), "guests cannot read");
    assertEquals("branch_policy", made.text("/protection_rules/2/type"));
    assertEquals(made.json().path("id"), rig.get(ALL + "/dev").json().path("id"));
    Answer bare = rig.send("PUT", ALL + "/DEV", "{}");
    assertEquals("Dev", bare.text("/name"));
    assertEquals(0, bare.json().path("protection_rules").size());
    assertEquals(1, rig.get(ALL).json().path("total_count").asInt());
    assertEquals(204, rig.send("DELETE", DEV, "").status());
    assertEquals(404, rig.get(DEV).status());
    assertEquals("a/b c", rig.send("PUT", ALL + "/a%2Fb%20c", "{}").text("/name"));
    assertEquals("a/b c", rig.get(ALL + "/a%2Fb%20c").text("/name"));
  }

  @Test
  void what_github_refuses_of_a_protection_is_refused() {
    GitHubRig rig = GitHubRig.in(folder, GitHubPlan.ENTERPRISE);
    for (String wrong :
        List.of(
            "{'prevent_self_review':true}",
            "{'wait_timer':43201}",
            "{'reviewers':[{'type':'User','id':1}]}",
            "{'reviewers':[{'type':'Robot','id':1}]}",
            "{'reviewers':[{},{},{},{},{},{},{}]}",
            "{'deployment_branch_policy':{'protected_branches':true,'custom_branch_policies':true}}",
            "{'branches':['main']}")) {
      assertEquals(422, rig.send("PUT", DEV, wrong).status(), wrong);
    }
    assertEquals(404, rig.get(DEV).status());
  }

  @Test
  void a_plan_without_reviewers_or_without_environments_says_so() {
    GitHubRig team = GitHubRig.in(folder.resolve("team"), GitHubPlan.TEAM);
    assertEquals(200, team.send("PUT", DEV, "{}").status());
    Answer refused =
        team.send("PUT", DEV, "{'reviewers':[{'type':'User','id':%d}]}".formatted(HUBOT));
    assertEquals(422, refused.status());
    assertEquals(
        "Failed to create the environment protection rule. Please ensure the billing plan supports the required reviewers protection rule.",
        refused.text("/message"));

    GitHubRig free = GitHubRig.in(folder.resolve("free"), GitHubPlan.FREE);
    assertEquals(404, free.send("PUT", DEV, "{}").status());
    assertEquals(404, free.get(ALL).status());
    assertEquals("free", free.get("/orgs/octo-org").text("/plan/name"));
  }

  @Test
  void selected_branches_are_a_list_of_patterns() {
    GitHubRig rig = GitHubRig.in(folder, GitHubPlan.PUBLIC);
    String policies = DEV + "/deployment-branch-policies";
    rig.send("PUT", DEV, "{}");
    assertEquals(404, rig.send("POST", policies, "{'name':'main'}").status());
    rig.send(
        "PUT",
        DEV,
        "{'deployment_branch_policy':{'protected_branches':false,'custom_branch_policies':true}}");

    String one =
        policies + "/" + rig.send("POST", policies, "{'name':'main'}").json().path("id").asLong();

    assertEquals(303, rig.send("POST", policies, "{'name':'main'}").status());
    assertEquals("tag", rig.send("POST", policies, "{'name':'v*','type':'tag'}").text("/type"));
    assertEquals(422, rig.send("POST", policies, "{'type':'tag'}").status());
    assertEquals(422, rig.send("POST", policies, "{'name':'x','type':'fork'}").status());
    assertEquals("release/*", rig.send("PUT", one, "{'name':'release/*'}").text("/name"));
    assertEquals("branch", rig.get(one).text("/type"));
    assertEquals(2, rig.get(policies).json().path("total_count").asInt());
    assertEquals(204, rig.send("DELETE", one, "").status());
    assertEquals(404, rig.get(one).status());
  }

  @Test
  void secrets_of_an_environment_and_of_a_repository_are_sealed_and_never_read() {
    GitHubRig rig = GitHubRig.in(folder, GitHubPlan.PUBLIC);
    rig.send("PUT", DEV, "{}");
    for (String owner : List.of(DEV, GitHubRig.TAXI + "/actions")) {
      String secrets = owner + "/secrets";
      Answer key = rig.get(secrets + "/public-key");
      String body = "{'encrypted_value':'%s','key_id':'%s'}";
      String good = body.formatted(seal(key, "s3cret"), key.text("/key_id"));

      assertEquals(201, rig.send("PUT", secrets + "/token", good).status());

      assertEquals(204, rig.send("PUT", secrets + "/TOKEN", good).status());
      assertEquals("TOKEN", rig.get(secrets).text("/secrets/0/name"));
      assertEquals("TOKEN", rig.get(secrets + "/Token").text("/name"));
      assertEquals(
          422, rig.send("PUT", secrets + "/A", good.replace("_id':'", "_id':'9")).status());
      assertEquals(
          422,
          rig.send("PUT", secrets + "/A", body.formatted("c2VjcmV0", key.text("/key_id")))
              .status());
      assertEquals(422, rig.send("PUT", secrets + "/GITHUB_X", good).status());
      assertEquals(422, rig.send("PUT", secrets + "/1A", good).status());
      assertEquals(204, rig.send("DELETE", secrets + "/TOKEN", "").status());
      assertEquals(404, rig.send("DELETE", secrets + "/TOKEN", "").status());
      assertEquals(404, rig.get(secrets + "/TOKEN").status());
    }
  }

  private static String seal(Answer key, String text) {
    byte[] open = Base64.getDecoder().decode(key.text("/key"));
    byte[] sealed = SealedBox.seal(text.getBytes(StandardCharsets.UTF_8), open);
    return Base64.getEncoder().encodeToString(sealed);
  }

  @Test
  void variables_of_an_environment_and_of_a_repository_are_read_as_they_are() {
    GitHubRig rig = GitHubRig.in(folder, GitHubPlan.PUBLIC);
    rig.send("PUT", DEV, "{}");
    for (String owner : List.of(DEV, GitHubRig.TAXI + "/actions")) {
      String all = owner + "/variables";
      assertEquals(201, rig.send("POST", all, "{'name':'group','value':'rg'}").status());
      assertEquals(409, rig.send("POST", all, "{'name':'GROUP','value':'rg'}").status());
      assertEquals(422, rig.send("POST", all, "{'name':'A'}").status());
      assertEquals(422, rig.send("POST", all, "{'name':'a b','value':''}").status());
      assertEquals(204, rig.send("PATCH", all + "/GROUP", "{'value':'rg2'}").status());
      assertEquals("rg2", rig.get(all + "/group").text("/value"));
      assertEquals(204, rig.send("PATCH", all + "/GROUP", "{'name':'TEAM'}").status());
      assertEquals(404, rig.get(all + "/GROUP").status());
      assertEquals("rg2", rig.get(all).text("/variables/0/value"));
      assertEquals(204, rig.send("DELETE", all + "/TEAM", "").status());
      assertEquals(404, rig.send("DELETE", all + "/TEAM", "").status());
    }
  }

  @Test
  void lists_come_in_pages() {
    GitHubRig rig = GitHubRig.in(folder, GitHubPlan.PUBLIC);
    IntStream.range(0, 5).forEach(i -> rig.send("PUT", ALL + "/e" + i, "{}"));

    Answer second = rig.get(ALL + "?per_page=2&page=2");

    assertEquals("e2", second.text("/environments/0/name"));
    assertEquals(5, second.json().path("total_count").asInt());
    String link = second.header("Link");
    assertTrue(link.contains(ALL + "?per_page=2&page=3>; rel=\"next\""), link);
    assertTrue(link.contains("page=1>; rel=\"prev\""), link);
    assertEquals("", rig.get(ALL).header("Link"));
  }
}
