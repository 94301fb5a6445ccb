package mlops.azure.trace;

import com.azure.core.http.HttpClient;
import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import mlops.azure.RestClient;
import mlops.error.MlopsException;

/**
 * A HAR 1.2 file of every request and answer, without secrets and with bounded text bodies. Written
 * whole at the end, so the file is never half a document; until then the entries are in a hidden
 * file beside it.
 */
public final class HarTrace {
  private static final int START = 64;

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
    if (!isReplaceable(absolute)) {
      throw MlopsException.invalid(
          "The trace would be written over " + file + ", which is no trace",
          "Name another file, or one that does not exist.");
    }
    try {
      return new HarTrace(absolute, clock, HarEntries.in(beside(absolute, ".part")));
    } catch (IOException e) {
      throw unwritable(file, "you may write to");
    }
  }

  /**
   * Whether a file is missing, empty or an earlier trace; what is no regular file holds nothing.
   */
  private static boolean isReplaceable(Path file) {
    if (!Files.isRegularFile(file)) {
      return true;
    }
    try (InputStream in = Files.newInputStream(file)) {
      String start = new String(in.readNBytes(START), StandardCharsets.UTF_8);
      return start.isEmpty() || start.matches("(?s)\\s*\\{\\s*\"log\".*");
    } catch (IOException e) {
      throw unwritable(file, "you may read and write");
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
