package mlops.cli;

import com.azure.core.http.HttpClient;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import mlops.Connections;
import mlops.Program;
import mlops.azure.AzureConnection;
import mlops.cli.session.CliEnvironment;
import mlops.cli.session.ConnectionFactory;
import mlops.cli.session.FaultTally;
import mlops.cli.terminal.Console;
import mlops.cli.terminal.SingleJsonOutput;
import mlops.cli.terminal.TypedCommand;
import mlops.coverage.Witness;
import mlops.emulator.OpenClouds;
import mlops.emulator.TestKey;
import mlops.profile.Profile;

/** Runs the real command line on a state of its own and keeps what it says. */
public final class Transcript {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T08:00:00Z"), ZoneOffset.UTC);

  private final Path state;
  private final Clock clock;
  private final Map<String, String> environment = new HashMap<>();
  private final Witness witness = Witness.ofThisTest();
  private final List<Supplier<Object>> more = new ArrayList<>();
  private UnaryOperator<HttpClient> wire = UnaryOperator.identity();
  private String input = "";
  private boolean live;
  private UnaryOperator<List<String>> jobs = Program::quick;
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  private Transcript(Path state, Clock clock) {
    this.state = state;
    this.clock = clock;
  }

  /** A command line whose clock stands still, for text that must not vary. */
  public static Transcript frozen(Path state) {
    return new Transcript(state, CLOCK);
  }

  public static Transcript of(Path state) {
    return new Transcript(state, Clock.systemUTC());
  }

  Transcript with(Supplier<Object> subcommand) {
    more.add(subcommand);
    return this;
  }

  public Transcript variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** What further commands find on their input. */
  Transcript input(String text) {
    this.input = text;
    return this;
  }

  /** Further commands run in a terminal, where somebody types this. */
  Transcript typing(String text) {
    this.live = true;
    return input(text);
  }

  /** Lets every request of further commands pass through something. */
  Transcript through(UnaryOperator<HttpClient> wire) {
    this.wire = wire;
    return this;
  }

  /** Jobs of further commands run in threads of this process, which saves a Java process each. */
  Transcript jobsHere() {
    this.jobs = process -> List.of();
    OpenClouds.inUse(state);
    return this;
  }

  /** Jobs of further commands run in processes that outlive them, as those of users do. */
  Transcript jobsApart() {
    this.jobs = Program::quick;
    return this;
  }

  private ConnectionFactory connector() {
    Connections real = new Connections(environment, jobs);
    return new ConnectionFactory() {
      @Override
      public AzureConnection to(
          Profile profile, Path state, FaultTally faults, UnaryOperator<HttpClient> around) {
        if (profile.cloud() == Profile.Cloud.LOCAL) {
          TestKey.inNew(state); // to make one takes longer than most tests
        }
        return real.to(profile, state, faults, http -> around.apply(wire.apply(http)));
      }

      @Override
      public List<String> jobProcess(Path state, String subscription) {
        TestKey.inNew(state); // who asks is about to open it
        return real.jobProcess(state, subscription);
      }
    };
  }

  /** Runs a command; the exit code. What earlier commands said is forgotten. */
  public int run(String... words) {
    out = new StringWriter();
    err = new StringWriter();
    Console console =
        new Console(
            new PrintWriter(out),
            new PrintWriter(err),
            live,
            false,
            new StringReader(input),
            new SingleJsonOutput(),
            TypedCommand.plain());
    environment.putIfAbsent("MLOPS_STATE", state.toString());
    int exitCode =
        MlopsCommand.execute(
            new CliEnvironment(witness.on(connector()), console, environment, clock),
            more.stream().map(Supplier::get).toList(),
            words);
    console.out().flush();
    console.err().flush();
    return exitCode;
  }

  public String out() {
    return out.toString();
  }

  public String err() {
    return err.toString();
  }

  /** The first file of this name in the state. */
  Path file(String name) {
    try (Stream<Path> files = Files.walk(state)) {
      return files.filter(f -> f.endsWith(name)).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one document on the output, which is as the published schema says. */
  public JsonNode json() {
    try {
      JsonNode document =
          new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(out());
      List<String> wrong = DocumentSchema.violations(document);
      if (!wrong.isEmpty()) {
        throw new AssertionError("not docs/schema/document.json: " + wrong + "\n" + out());
      }
      return document;
    } catch (JsonProcessingException e) {
      throw new AssertionError("not one JSON document:\n" + out() + err(), e);
    }
  }
}
