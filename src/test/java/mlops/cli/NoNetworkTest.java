package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where nothing can be reached, the network is blamed, and not the login. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NoNetworkTest {
  private static final String ID = "12345678-1234-1234-1234-123456789012";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "status, http://127.0.0.1:9, does not answer",
    "status, http://nowhere.invalid:3128, nobody knows",
    "bootstrap, http://127.0.0.1:9, does not answer",
  })
  void it_is_told_once_and_soon(String command, String proxy, String why) throws Exception {
    Site site = Site.tiny(folder);
    String[] words = {command, "--cloud", "azure", "--subscription", ID};
    Process process = MlopsProcess.start(site, Map.of("HTTPS_PROXY", proxy), words);
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(300, TimeUnit.SECONDS), said);
    assertEquals(1, process.exitValue(), said);
    assertTrue(said.contains("Azure cannot be reached: the proxy "), said);
    assertTrue(said.contains(why), said);
    assertFalse(said.contains("az login"), said);
  }
}
