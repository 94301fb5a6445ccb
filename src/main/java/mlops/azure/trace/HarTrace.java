package mlops.azure.trace;

import com.azure.core.http.HttpClient;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;
import mlops.azure.RestClient;
import mlops.error.MlopsException;
import mlops.file.OutputFile;

/**
 * A HAR 1.2 file of every request and answer, without secrets and with bounded text bodies; its
 * owner alone may read it. Written whole at the end, so the file is never half a document; until
 * then the entries are in a hidden file beside it.
 */
public final class HarTrace {
  private static final Pattern HAR = Pattern.compile("\\s*\\{\\s*\"log\"");

  private final OutputFile file;
  private final Clock clock;
  private final HarEntries entries;

  private HarTrace(OutputFile file, Clock clock, HarEntries entries) {
    this.file = file;
    this.clock = clock;
    this.entries = entries;
  }

  /**
   * A trace that {@link #write} puts in this file; its folder must be there.
   *
   * @throws MlopsException INVALID where it cannot be written, or is a file and no trace
   */
  public static HarTrace to(Path file, Clock clock) {
    OutputFile place = OutputFile.of("--trace", file, HarTrace::other);
    Path folder = place.place().resolveSibling("");
    if (!place.isStream() && !Files.isDirectory(folder)) {
      throw MlopsException.invalid(
          "--trace %s cannot be written: there is no folder %s".formatted(file, folder),
          "Make the folder, or name a file in one that is there.");
    }
    try {
      Path part = place.isStream() ? temporary() : beside(place);
      return new HarTrace(place, clock, HarEntries.in(part));
    } catch (IOException e) {
      throw MlopsException.invalid(
          "--trace %s cannot be written: %s".formatted(file, e.getMessage()),
          "Name a file in a folder that you may write to.");
    }
  }

  private static Optional<String> other(String start) {
    return HAR.matcher(start).lookingAt() ? Optional.empty() : Optional.of("no trace");
  }

  private static Path temporary() throws IOException {
    return Files.createTempFile("mlops-trace", ".part");
  }

  private static Path beside(OutputFile file) throws IOException {
    return Files.createTempFile(file.place().resolveSibling(""), ".trace", ".part");
  }

  /** A transport that also notes what goes through it. */
  public HttpClient client(HttpClient transport) {
    return new TraceHttpClient(transport, this, clock);
  }

  void add(ObjectNode entry) {
    try {
      entries.add(entry);
    } catch (IOException e) {
      throw new UncheckedIOException("the trace " + file.named() + " cannot be written", e);
    }
  }

  /** Writes what was noted so far; may be called again. */
  public void write() {
    file.writePrivately(this::writeTo);
  }

  private void writeTo(OutputStream out) throws IOException {
    try (JsonGenerator json = RestClient.JSON.createGenerator(out)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeObjectFieldStart("log");
      json.writeStringField("version", "1.2");
      json.writeObjectFieldStart("creator");
      json.writeStringField("name", "mlops");
      json.writeStringField("version", "1");
      json.writeEndObject();
      json.writeFieldName("entries");
      entries.writeTo(json);
      json.writeEndObject();
      json.writeEndObject();
    }
  }
}
