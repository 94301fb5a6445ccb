package mlops.azure;

import com.azure.core.http.HttpClient;
import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import mlops.MlopsException;

/**
 * A HAR 1.2 file of every request and answer, without secrets and with bounded text bodies. Written
 * whole at the end, so the file is never half a document; until then the entries are in a hidden
 * file beside it.
 */
public final class HarTrace {
  private final Path file;
  private final Clock clock;
  private final HarEntries entries;

  private HarTrace(Path file, Clock clock, HarEntries entries) {
    this.file = file;
    this.clock = clock;
    this.entries = entries;
  }

  /** A trace that {@link #write} puts in this file; its folder must be there. */
  public static HarTrace to(Path file, Clock clock) {
    Path absolute = file.toAbsolutePath().normalize();
    if (!Files.isDirectory(absolute.resolveSibling("")) || Files.isDirectory(absolute)) {
      throw unwritable(file, "exists");
    }
    try {
      return new HarTrace(absolute, clock, HarEntries.in(beside(absolute, ".part")));
    } catch (IOException e) {
      throw unwritable(file, "you may write to");
    }
  }

  private static MlopsException unwritable(Path file, String folder) {
    return MlopsException.invalid(
        "The trace " + file + " cannot be written", "Name a file in a folder that " + folder + ".");
  }

  private static Path beside(Path file, String ending) {
    return file.resolveSibling("." + file.getFileName() + ending);
  }

  /** A transport that also notes what goes through it. */
  public HttpClient client(HttpClient transport) {
    return new TraceHttpClient(transport, this, clock);
  }

  void add(ObjectNode entry) {
    try {
      entries.add(entry);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Writes what was noted so far; may be called again. */
  public void write() {
    Path fresh = beside(file, ".new");
    try {
      try (JsonGenerator json =
          RestClient.JSON.createGenerator(fresh.toFile(), JsonEncoding.UTF8)) {
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
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE); // Ctrl-C may end us in between
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private UncheckedIOException failed(IOException e) {
    return new UncheckedIOException("the trace " + file + " cannot be written", e);
  }
}
