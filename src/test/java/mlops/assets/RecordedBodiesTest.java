package mlops.assets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mlops.Golden;
import mlops.MemoryFolders;
import mlops.Shared;
import mlops.error.MlopsException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Microsoft's samples become what Azure's newest client makes of them, or are refused by name where
 * mlops does not build what they describe. Another recording of the same form is compared by {@code
 * -Dmlops.recording=FOLDER}.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RecordedBodiesTest {
  private static final FixedWorkspace WORKSPACE = new FixedWorkspace("ml-mlopsdemo-demo-01");
  private static final Pattern BY_NAME =
      Pattern.compile(
          "(?m)^  .+?:\\d+:\\d+ (.*) is valid Azure ML, but mlops does not build it yet$");

  @TempDir(factory = MemoryFolders.class)
  private Path samples;

  /** A name for the reader to fill in, which Azure refuses and its client lets pass. */
  private static final Pattern BLANK = Pattern.compile(" name \"<[^>\"]+>\" is not allowed");

  @Test
  void every_sample_is_equal_or_refused_by_name() throws IOException {
    String other = System.getProperty("mlops.recording");
    if (other != null) {
      table(Path.of(other));
      return;
    }
    String samples = table(Shared.path("azureml-examples"));
    Golden.check("recorded-bodies.txt", samples + "\n" + table(Shared.path("azureml-kinds")));
  }

  private String table(Path recording) throws IOException {
    Tarball.unpack(recording.resolve("sources.tar.gz"), samples);
    Map<String, Integer> counts = new TreeMap<>();
    StringBuilder wrong = new StringBuilder();
    StringBuilder table = new StringBuilder();
    for (RecordedFile file : RecordedFile.all(recording.resolve("azure-ai-ml-1.35.2.jsonl.gz"))) {
      Verdict verdict = verdict(file);
      counts.merge(verdict.word(), 1, Integer::sum);
      String line =
          "%s  %s  %s%s\n".formatted(verdict.word(), file.kind(), file.file(), verdict.why());
      table.append(line);
      wrong.append(verdict.isWrong() ? line : "");
    }
    assertEquals("", wrong.toString(), counts::toString);
    return "%s\n\n%s".formatted(counts, table);
  }

  /** What came out, in a word or two. */
  private record Verdict(String word, String why) {
    private static final String WRONG = "WRONG";

    boolean isWrong() {
      return word.equals(WRONG);
    }
  }

  private Verdict verdict(RecordedFile file) {
    boolean accepted = file.error().isEmpty();
    try {
      AssetRequests ours = translate(file);
      if (!accepted && !file.crashed()) {
        return new Verdict(Verdict.WRONG, ": taken, though the client says " + file.error().get());
      }
      return accepted ? compared(file, ours) : new Verdict("taken, where the client breaks", "");
    } catch (MlopsException e) {
      String message = e.message().replace(samples + "/", "");
      Optional<String> name = refusedByName(message);
      if (name.isPresent()) {
        return new Verdict("refused by name", ": " + name.get());
      }
      if (BLANK.matcher(message).find()) {
        return new Verdict("refused: a blank", "");
      }
      return accepted
          ? new Verdict(Verdict.WRONG, ": " + message)
          : new Verdict("refused, as by the client", "");
    }
  }

  /** What the message names, where it says of all its lines that mlops does not build that. */
  private static Optional<String> refusedByName(String message) {
    List<String> names = BY_NAME.matcher(message).results().map(line -> line.group(1)).toList();
    return names.size() == message.lines().count() - 1
        ? Optional.of(String.join(", ", names))
        : Optional.empty();
  }

  private static Verdict compared(RecordedFile file, AssetRequests ours) {
    Map<String, JsonNode> brought = new LinkedHashMap<>();
    ours.resources().forEach(r -> brought.put(id(r), WireCatalog.sent(r)));
    Map<String, String> differences =
        PlainBody.differences(
            new PlainBody(file.sent()).of(Objects.requireNonNull(file.sent().get(file.path()))),
            new PlainBody(brought).of(WireCatalog.sent(ours.resource())));
    if (!file.path().equalsIgnoreCase(id(ours.resource()))
        && !file.path().endsWith("/generated_name")) {
      differences.put("path", "%s, not %s".formatted(file.path(), id(ours.resource())));
    }
    StringBuilder text = new StringBuilder();
    differences.forEach((at, what) -> text.append("\n    ").append(at).append(": ").append(what));
    return differences.isEmpty()
        ? new Verdict("equal", "")
        : new Verdict(Verdict.WRONG, text.toString());
  }

  /** Where the file names no version, the client asks Azure for the next, which was 1. */
  private static String id(Resource resource) {
    boolean versioned =
        List.of("environments", "data", "models", "components").contains(resource.collection());
    String workspace = WORKSPACE.workspaceId();
    boolean beside = resource.collection().equals("registries");
    String path =
        (beside ? workspace.replaceFirst("/workspaces/.*", "") : workspace) + "/" + resource.path();
    return versioned && resource.version().isEmpty() ? path + "/versions/1" : path;
  }

  private AssetRequests translate(RecordedFile file) {
    Path path = samples.resolve(file.file());
    String kind = file.kind().toLowerCase(Locale.ROOT);
    if (kind.endsWith("job")) {
      return JobFile.read(path, file.set()).translate(WORKSPACE);
    }
    Optional<AssetFileType> type = type(kind);
    // of what has no schema the command says what it is, and mlops has none for the others
    FieldOverrides set = type.isPresent() ? file.set() : file.set().with("$schema", kind);
    return AssetFile.read(type.orElse(AssetFileType.DATA), path, set).translate(WORKSPACE);
  }

  private static Optional<AssetFileType> type(String kind) {
    if (kind.startsWith("azure")) {
      return Optional.of(AssetFileType.DATASTORE);
    }
    return Stream.of(AssetFileType.values())
        .filter(t -> kind.contains(t.name().replace("_", "").toLowerCase(Locale.ROOT)))
        .reduce((before, last) -> last);
  }
}
