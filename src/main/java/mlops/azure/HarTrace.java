package mlops.azure;

import com.azure.core.http.HttpClient;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import mlops.MlopsException;

/**
 * A HAR 1.2 file of every request and answer, without secrets and with bounded text bodies. Kept in
 * memory and written whole, so the file is never half a document.
 */
public final class HarTrace {
  private final Path file;
  private final Clock clock;
  private final List<ObjectNode> entries = new ArrayList<>();

  private HarTrace(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /** A trace that {@link #write} puts in this file; its folder must be there. */
  public static HarTrace to(Path file, Clock clock) {
    Path absolute = file.toAbsolutePath().normalize();
    if (!Files.isDirectory(absolute.resolveSibling("")) || Files.isDirectory(absolute)) {
      throw MlopsException.invalid(
          "The trace " + file + " cannot be written", "Name a file in a folder that exists.");
    }
    return new HarTrace(absolute, clock);
  }

  /** A transport that also notes what goes through it. */
  public HttpClient client(HttpClient transport) {
    return new TraceHttpClient(transport, this, clock);
  }

  void add(ObjectNode entry) {
    synchronized (entries) {
      entries.add(entry);
    }
  }

  private static Instant start(ObjectNode entry) {
    return Instant.parse(entry.path("startedDateTime").asText());
  }

  /** Writes what was noted so far; may be called again. */
  public void write() {
    ObjectNode root = RestClient.JSON.createObjectNode();
    ObjectNode log = root.putObject("log").put("version", "1.2");
    log.putObject("creator").put("name", "mlops").put("version", "1");
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    try {
      synchronized (entries) {
        entries.sort(Comparator.comparing(HarTrace::start)); // they came as they were answered
        log.putArray("entries").addAll(entries);
        RestClient.JSON.writerWithDefaultPrettyPrinter().writeValue(fresh.toFile(), root);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE); // Ctrl-C may end us in between
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the trace " + file + " cannot be written", e);
    }
  }
}
