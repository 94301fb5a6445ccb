package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One host that does not answer: the failure names it, and the next run goes on. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DeadHostsCheck {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "*.blob.core.windows.net, .blob.core.windows.net",
    "*.api.azureml.ms, eastus2.api.azureml.ms",
    "*.inference.ml.azure.com, .inference.ml.azure.com"
  })
  void a_replay_says_which(String glob, String host) throws IOException {
    Site site = Site.tiny(folder.resolve("site"));
    assertEquals(1, site.run("replay", "--faults", dead(glob)), site::said);
    said(site.mlops(), host);
    assertEquals(0, site.run("replay"), site::said);
  }

  @ParameterizedTest
  @CsvSource({"graph.microsoft.com", "api.github.com"})
  void connect_says_which(String host) throws IOException {
    TaxiRepository taxi = TaxiRepository.in(folder.resolve("azure"));
    assertEquals(1, taxi.run(TaxiRepository.CONNECT + " --faults " + dead(host)));
    said(taxi.mlops(), host);
    assertEquals(0, taxi.run(TaxiRepository.CONNECT), taxi.mlops()::err);
  }

  @Test
  void the_doctor_says_one_way_out_once() throws IOException {
    Site site = Site.tiny(folder.resolve("site"));
    assertEquals(0, site.run("bootstrap"), site::said);
    assertEquals(1, site.run("doctor", "--faults", dead("management.azure.com")), site::said);
    String told = site.mlops().out();
    assertTrue(told.contains("✗ providers      management.azure.com does not answer"), told);
    assertEquals(2, told.split("Check the network", -1).length, told);
  }

  private static void said(Transcript mlops, String host) {
    String told = "(?s).*NoAnswer: \\S*%s does not answer .*".formatted(host.replace(".", "\\."));
    assertTrue(mlops.err().matches(told), mlops::err);
    assertTrue(mlops.err().contains("It goes on where it stopped."), mlops::err);
  }

  private String dead(String host) throws IOException {
    String rules = "faults: [{when: \"* %s/*\", drop: before}]".formatted(host);
    return Files.writeString(folder.resolve("faults.yml"), rules).toString();
  }
}
