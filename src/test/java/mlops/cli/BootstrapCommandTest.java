package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mlops.Main;
import mlops.Program;
import mlops.azure.trace.HarSchema;
import mlops.emulator.TestKey;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlops bootstrap} from an empty folder, as a user runs it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BootstrapCommandTest {
  private static final Pattern ACCOUNT_KEY = Pattern.compile("([A-Za-z0-9+/]{86}==)");
  private static final Pattern INITIALISED = Pattern.compile("Initializing '([^']+)'");
  private static final Set<String> NETWORK = Set.of("java.net.InetAddress", "sun.nio.ch.Net");

  @TempDir Path folder;

  @Test
  void everything_is_made_once_and_then_left_alone() {
    Transcript mlops = Transcript.of(folder.resolve("azure"));
    assertEquals(4, mlops.run("bootstrap", "--plan", "--detailed-exitcode", "--suffix", "x"));
    assertEquals(0, mlops.run("bootstrap", "--suffix", "x", "-o", "json"), mlops::err);
    assertTrue(fields(mlops.json(), "outcome").contains("applied"));
    assertEquals(0, mlops.run("bootstrap", "--suffix", "x", "-o", "json"), mlops::err);
    assertEquals(Set.of("unchanged"), fields(mlops.json(), "outcome"));
    assertEquals(0, mlops.run("bootstrap", "--suffix", "x", "--plan", "-o", "json"), mlops::err);
    assertEquals(Set.of("none"), fields(mlops.json(), "action"));
    assertEquals(0, mlops.run("bootstrap", "--suffix", "x", "--plan", "--detailed-exitcode"));
    assertEquals(0, mlops.run("local", "status", "-o", "json"));
    JsonNode counts = mlops.json().path("result").path("counts");
    assertEquals(3, counts.path("Microsoft.MachineLearningServices/workspaces").asInt());
  }

  @Test
  void a_trace_of_it_has_every_exchange_and_no_key() throws IOException {
    Path state = folder.resolve("azure");
    Path trace = folder.resolve("t.har");
    Transcript mlops = Transcript.of(state);
    assertEquals(0, mlops.run("bootstrap", "--trace", trace.toString()), mlops::err);
    String text = Files.readString(trace);
    assertTrue(text.contains("/Microsoft.MachineLearningServices/workspaces/"));
    assertTrue(text.contains(".blob.core.windows.net"));
    assertFalse(text.contains("Bearer "));
    Set<String> keys = keysIn(state);
    assertFalse(keys.isEmpty(), "the state has account keys");
    assertTrue(keys.stream().noneMatch(text::contains));
    assertEquals(List.of(), HarSchema.violations(new ObjectMapper().readTree(text)));
  }

  @Test
  void without_a_profile_in_the_folder_it_says_which_one_it_goes_by() throws Exception {
    String told =
        "There is no mlops.yml here, so this is by " + Path.of("mlops.yml").toAbsolutePath();
    assertEquals(List.of(told + "."), errors("bootstrap", "--plan", "-o", "json"));
    assertEquals(List.of(), errors("bootstrap", "--plan", "-q"));
    String profile = Path.of("mlops.yml").toAbsolutePath().toString();
    assertEquals(List.of(), errors("bootstrap", "--plan", "--profile", profile));
  }

  /** What a run in a folder without a profile says on stderr. */
  private List<String> errors(String... words) throws Exception {
    List<String> line = Program.java("-Dmlops.home=" + Path.of("").toAbsolutePath());
    line.add(Main.class.getName());
    line.addAll(List.of(words));
    line.addAll(List.of("--state", TestKey.in(folder.resolve("azure")).toString()));
    Path errors = folder.resolve("errors.txt");
    Process process =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(errors.toFile())
            .start();
    assertEquals(0, process.waitFor(), () -> String.join(" ", words));
    return Files.readAllLines(errors);
  }

  /**
   * The JVM tells each class that it initialises. Before {@code InetAddress} is, no name can be
   * looked up, and before {@code Net} is, no code in Java can make a socket. That the log would
   * show them is shown by a program that does connect.
   */
  @Test
  void nothing_local_opens_a_connection() throws Exception {
    String state = TestKey.in(folder.resolve("azure")).toString();
    assertEquals(Set.of(), networkClasses(Main.class, "bootstrap", "--state", state));
    assertEquals(NETWORK, networkClasses(Caller.class));
  }

  private static Set<String> networkClasses(Class<?> program, String... arguments)
      throws Exception {
    List<String> command = Program.java("-Xlog:class+init:stdout");
    command.add(program.getName());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), text);
    Set<String> names = new TreeSet<>();
    Matcher started = INITIALISED.matcher(text);
    while (started.find()) {
      names.add(started.group(1).replace('/', '.'));
    }
    assertTrue(names.contains("java.lang.Object"), "the log names the classes: " + text);
    names.retainAll(NETWORK);
    return names;
  }

  /** Sends a request to a port of this machine that nobody listens on. */
  static final class Caller {
    public static void main(String[] args) throws InterruptedException {
      HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:1/")).build();
      try {
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
      } catch (IOException refused) {
        System.out.println("tried to connect: " + refused);
      }
    }
  }

  private static Set<String> fields(JsonNode document, String field) {
    Set<String> values = new TreeSet<>();
    document.path("steps").forEach(step -> values.add(step.path(field).asText()));
    return values;
  }

  private static Set<String> keysIn(Path state) throws IOException {
    Set<String> keys = new TreeSet<>();
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".keys")).toList()) {
        Matcher key = ACCOUNT_KEY.matcher(Files.readString(file));
        while (key.find()) {
          keys.add(key.group(1));
        }
      }
    }
    return keys;
  }
}
