package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code github connect}, cut off at each of its requests, is finished by the next. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KilledConnectCheck {

  @Test
  void wherever_it_was_cut_off_the_end_is_the_same(@TempDir Path folder) {
    int requests = 0;
    boolean done = false;
    while (!done) {
      TaxiRepository taxi = TaxiRepository.in(folder.resolve("after-" + requests));
      taxi.mlops().through(ChangedTransport.cutOff(new AtomicInteger(requests)));
      done = taxi.run(TaxiRepository.CONNECT) == 0;
      taxi.mlops().through(UnaryOperator.identity());
      int at = requests;

      assertEquals(0, taxi.run(TaxiRepository.CONNECT), () -> at + taxi.mlops().err());

      for (String env : List.of("dev", "test", "prod")) {
        assertEquals(1, taxi.subjects(env).size(), () -> env + " after " + at);
      }
      String environments = TaxiRepository.PATH + "/environments";
      assertEquals(3, taxi.gitHub(environments).path("total_count").asInt());
      assertEquals(0, taxi.run(TaxiRepository.CONNECT + " --plan --detailed-exitcode"));
      requests++;
    }
    assertTrue(requests > 40, "it sent " + requests);
  }
}
