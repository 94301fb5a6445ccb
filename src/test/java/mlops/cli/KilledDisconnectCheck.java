package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code github disconnect}, cut off at each of its requests, is finished by the next. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KilledDisconnectCheck {
  private static final String DISCONNECT = "github disconnect --repo octo-org/taxi";
  private static final String ENVIRONMENTS = TaxiRepository.PATH + "/environments";
  private static final String PROD = ENVIRONMENTS + "/Prod";
  private static final String APPLICATIONS =
      "https://graph.microsoft.com/v1.0/applications?$filter=startswith(displayName,'gitApp')";

  @Test
  void wherever_it_was_cut_off_the_end_is_the_same(@TempDir Path folder) {
    int requests = 0;
    boolean done = false;
    while (!done) {
      TaxiRepository taxi = connected(folder.resolve("after-" + requests));
      taxi.mlops().through(ChangedTransport.cutOff(new AtomicInteger(requests)));
      done = taxi.run(DISCONNECT) == 0;
      taxi.mlops().through(UnaryOperator.identity());
      int at = requests;

      assertEquals(0, taxi.run(DISCONNECT), () -> at + taxi.mlops().err());

      assertIsAsBefore(taxi, at);
      assertEquals(0, taxi.run(DISCONNECT + " --plan --detailed-exitcode"), () -> "after " + at);
      requests++;
    }
    assertTrue(requests > 30, "it sent " + requests);
  }

  /** Connected, with an environment and an application that were there before. */
  private static TaxiRepository connected(Path folder) {
    TaxiRepository taxi = TaxiRepository.in(folder);
    taxi.makeApplication("prod");
    taxi.gitHub("PUT", PROD, "{\"wait_timer\":5}");
    taxi.gitHub("POST", PROD + "/variables", "{\"name\":\"THEIRS\",\"value\":\"1\"}");
    assertEquals(0, taxi.run(TaxiRepository.CONNECT), taxi.mlops()::err);
    return taxi;
  }

  private static void assertIsAsBefore(TaxiRepository taxi, int at) {
    assertEquals(1, taxi.gitHub(ENVIRONMENTS).path("total_count").asInt(), () -> "after " + at);
    assertEquals(
        "[THEIRS]",
        taxi.gitHub(PROD + "/variables").path("variables").findValuesAsText("name").toString(),
        () -> "after " + at);
    assertEquals(1, taxi.cloud().send("GET", APPLICATIONS, "").json().path("value").size());
    assertEquals(0, taxi.subjects("prod").size(), () -> "after " + at);
    assertEquals(1, taxi.roles(), () -> "after " + at);
    assertEquals(
        0, taxi.gitHub(TaxiRepository.PATH + "/actions/variables").path("total_count").asInt());
  }
}
