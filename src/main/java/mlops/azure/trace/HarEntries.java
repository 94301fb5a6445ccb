package mlops.azure.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import mlops.azure.RestClient;

/**
 * The entries of a trace on disk, one line each as they come: a service may trace for days. Of each
 * only its time and place are kept in memory.
 */
final class HarEntries {
  private record Place(Instant start, long position, int length) {}

  private final Path file;
  private final List<Place> places = new ArrayList<>();
  private final FileChannel channel;
  private long end;

  private HarEntries(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Entries in a new file, which is gone when the process ends. */
  static HarEntries in(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, CREATE, TRUNCATE_EXISTING, READ, WRITE);
    file.toFile().deleteOnExit();
    return new HarEntries(file, channel);
  }

  synchronized void add(ObjectNode entry) throws IOException {
    byte[] line = (entry + "\n").getBytes(UTF_8);
    ByteBuffer buffer = ByteBuffer.wrap(line);
    while (buffer.hasRemaining()) {
      channel.write(buffer, end + buffer.position());
    }
    Instant start = Instant.parse(entry.path("startedDateTime").asText());
    places.add(new Place(start, end, line.length));
    end += line.length;
  }

  /** Writes all entries as an array, in the order in which the requests began. */
  synchronized void writeTo(JsonGenerator json) throws IOException {
    places.sort(Comparator.comparing(Place::start)); // they came as they were answered
    json.writeStartArray();
    for (Place place : places) {
      json.writeTree(RestClient.JSON.readTree(read(place)));
    }
    json.writeEndArray();
  }

  private byte[] read(Place place) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(place.length());
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, place.position() + buffer.position()) < 0) {
        throw new EOFException(file + " is shorter than what was written to it");
      }
    }
    return buffer.array();
  }
}
