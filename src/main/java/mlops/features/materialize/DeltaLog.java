package mlops.features.materialize;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The log of a Delta table: a file belongs to the table once a version of the log names it, and all
 * that a version names appears at once. (Delta's protocol, reader 1 and writer 2.)
 */
final class DeltaLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final long versions;
  private final Map<String, DeltaFile> files;
  private final Optional<String> schema;

  private DeltaLog(
      Path folder, long versions, Map<String, DeltaFile> files, Optional<String> schema) {
    this.folder = folder;
    this.versions = versions;
    this.files = files;
    this.schema = schema;
  }

  /**
   * A file of the table.
   *
   * @param path below the table's folder
   * @param partition the date that its rows have in common
   */
  record DeltaFile(String path, String partition, long bytes, long rows) {}

  /** Reads the log of a table; one without versions where there is none. */
  static DeltaLog of(Path table) {
    Path folder = table.resolve("_delta_log");
    Map<String, DeltaFile> files = new TreeMap<>();
    Optional<String> schema = Optional.empty();
    long version = 0;
    try {
      for (; Files.exists(folder.resolve(name(version))); version++) {
        for (String line : Files.readAllLines(folder.resolve(name(version)))) {
          JsonNode action = JSON.readTree(line);
          if (action.has("add")) {
            DeltaFile file = file(action.path("add"));
            files.put(file.path(), file);
          } else if (action.has("remove")) {
            files.remove(action.path("remove").path("path").asText());
          } else if (action.has("metaData")) {
            schema = Optional.of(action.path("metaData").path("schemaString").asText());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the log of the offline store cannot be read: " + folder, e);
    }
    return new DeltaLog(folder, version, files, schema);
  }

  private static DeltaFile file(JsonNode add) throws IOException {
    return new DeltaFile(
        add.path("path").asText(),
        add.path("partitionValues").path("partition").asText(),
        add.path("size").asLong(),
        JSON.readTree(add.path("stats").asText("{}")).path("numRecords").asLong());
  }

  private static String name(long version) {
    return "%020d.json".formatted(version);
  }

  /** The files of the table, by partition: it has one of each. */
  Map<String, DeltaFile> partitions() {
    Map<String, DeltaFile> partitions = new TreeMap<>();
    files.values().forEach(f -> partitions.put(f.partition(), f));
    return partitions;
  }

  /** The schema of the table, as Delta writes it; empty before the first version. */
  Optional<String> schema() {
    return schema;
  }

  /** Appends a version. */
  void commit(
      String schemaNow, List<DeltaFile> added, List<DeltaFile> removed, String id, Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add(info(now));
    if (versions == 0) {
      lines.add("{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}");
      lines.add(metaData(schemaNow, id, now));
    }
    removed.forEach(file -> lines.add(action("remove", file, now)));
    added.forEach(file -> lines.add(action("add", file, now)));
    append(String.join("\n", lines) + "\n");
  }

  private static String info(Instant now) {
    ObjectNode info = JSON.createObjectNode();
    info.putObject("commitInfo")
        .put("timestamp", now.toEpochMilli())
        .put("operation", "WRITE")
        .putObject("operationParameters");
    return info.toString();
  }

  private static String metaData(String schema, String id, Instant now) {
    ObjectNode action = JSON.createObjectNode();
    ObjectNode data = action.putObject("metaData").put("id", id);
    data.putObject("format").put("provider", "parquet").putObject("options");
    data.put("schemaString", schema);
    data.putArray("partitionColumns").add("partition");
    data.putObject("configuration");
    data.put("createdTime", now.toEpochMilli());
    return action.toString();
  }

  private static String action(String kind, DeltaFile file, Instant now) {
    ObjectNode action = JSON.createObjectNode();
    ObjectNode body = action.putObject(kind).put("path", file.path()).put("dataChange", true);
    body.putObject("partitionValues").put("partition", file.partition());
    body.put("size", file.bytes());
    if (kind.equals("add")) {
      body.put("modificationTime", now.toEpochMilli());
      body.put("stats", "{\"numRecords\":%d}".formatted(file.rows()));
    } else {
      body.put("deletionTimestamp", now.toEpochMilli()).put("extendedFileMetadata", true);
    }
    return action.toString();
  }

  private void append(String text) {
    try {
      Files.createDirectories(folder);
      Path fresh = folder.resolve(".new");
      Files.deleteIfExists(fresh);
      try (FileChannel channel = FileChannel.open(fresh, CREATE_NEW, WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(fresh, folder.resolve(name(versions)), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("the offline store cannot be written: " + folder, e);
    }
  }

  /** Deletes what is in partitions of the table and belongs to no version: a killed run left it. */
  void tidy(Path table) {
    if (!Files.isDirectory(table)) {
      return;
    }
    try (Stream<Path> all = Files.walk(table, 2)) {
      List<Path> left =
          all.filter(Files::isRegularFile)
              .filter(f -> f.toString().endsWith(".parquet"))
              .filter(f -> !files.containsKey(path(table, f)))
              .toList();
      for (Path file : left) {
        Files.delete(file);
        @Nullable Path partition = file.getParent();
        if (partition != null && !partition.equals(table)) {
          deleteIfEmpty(partition);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the offline store cannot be tidied: " + table, e);
    }
  }

  private static void deleteIfEmpty(Path folder) throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      if (left.findAny().isPresent()) {
        return;
      }
    }
    Files.delete(folder);
  }

  private static String path(Path table, Path file) {
    return table.relativize(file).toString().replace('\\', '/');
  }
}
