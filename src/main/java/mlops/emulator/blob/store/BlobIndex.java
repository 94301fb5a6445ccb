package mlops.emulator.blob.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mlops.emulator.blob.content.ContentFiles;
import mlops.emulator.blob.content.ContentSeal;
import mlops.emulator.http.Json;
import org.jspecify.annotations.Nullable;

/** What is in a container, in memory: the sum of the changes in its journal. */
public final class BlobIndex {

  /** A block that was put and not yet committed. */
  public record Uncommitted(String id, long size, Path content, @Nullable ContentSeal seal) {}

  /**
   * Bytes that were appended to a file through the DFS endpoint and not yet flushed.
   *
   * @param crc64 in base64; older states do not have it
   */
  public record Appended(long position, long length, @Nullable String crc64) {}

  private final ContentFiles contents;
  private final NavigableMap<String, Blob> blobs = new TreeMap<>();
  private final NavigableMap<String, Map<String, Uncommitted>> blocks = new TreeMap<>();
  private final Map<String, List<Appended>> appended = new LinkedHashMap<>();
  private final NavigableMap<String, NavigableMap<String, Blob>> snapshots = new TreeMap<>();
  private Map<String, String> root = Map.of();
  private Instant nextExpiry = Instant.MAX;
  private long lastTicks;

  BlobIndex(ContentFiles contents) {
    this.contents = contents;
  }

  public Optional<Blob> find(String name) {
    return Optional.ofNullable(blobs.get(name));
  }

  /** All blobs from this name on, in the order of their names. */
  public NavigableMap<String, Blob> from(String name) {
    return blobs.tailMap(name, true);
  }

  /** The attributes of the root directory, which is no blob. */
  public Map<String, String> root() {
    return root;
  }

  /** The snapshots of a blob by their times, the oldest first. */
  public NavigableMap<String, Blob> snapshots(String name) {
    return snapshots.getOrDefault(name, Collections.emptyNavigableMap());
  }

  /** Whether there may be files whose time is over. */
  boolean mayHaveExpired(Instant now) {
    return !nextExpiry.isAfter(now);
  }

  /** The deletions of files whose time is over. */
  ArrayNode expired(Instant now) {
    ArrayNode deletions = Json.MAPPER.createArrayNode();
    nextExpiry = Instant.MAX;
    for (Blob blob : blobs.values()) {
      Instant time = blob.expiry().orElse(Instant.MAX);
      if (time.isAfter(now)) {
        nextExpiry = time.isBefore(nextExpiry) ? time : nextExpiry;
      } else {
        deletions.add(BlobChange.delete(blob.name()));
      }
    }
    return deletions;
  }

  public boolean hasBelow(String directory) {
    String first = blobs.ceilingKey(directory + "/");
    return first != null && first.startsWith(directory + "/");
  }

  /** The uncommitted blocks of a blob by id, in the order in which they came. */
  public Map<String, Uncommitted> blocks(String name) {
    return blocks.getOrDefault(name, Map.of());
  }

  /** Names with uncommitted blocks. */
  public NavigableMap<String, Map<String, Uncommitted>> uncommitted() {
    return blocks;
  }

  public List<Appended> appended(String name) {
    return appended.getOrDefault(name, List.of());
  }

  long lastTicks() {
    return lastTicks;
  }

  long entries() {
    return blobs.size()
        + Stream.concat(blocks.values().stream(), snapshots.values().stream())
            .mapToLong(Map::size)
            .sum();
  }

  void clear() {
    blobs.clear();
    blocks.clear();
    snapshots.clear();
    root = Map.of();
    nextExpiry = Instant.MAX;
    appended.clear();
  }

  /**
   * Makes changes.
   *
   * @param dropped is told of content that nothing points to any more
   */
  void apply(ArrayNode changes, Consumer<Path> dropped) {
    for (JsonNode change : changes) {
      String name = change.path("name").asText();
      switch (change.path("op").asText()) {
        case "put" -> put(BlobJson.read(change.path("blob"), contents), change, dropped);
        case "delete" -> delete(name, dropped);
        case "root" -> root = BlobJson.map(change.path("attributes"));
        case "snapshot" -> putSnapshot(change.path("at").asText(), change.path("blob"));
        case "deleteSnapshot" -> deleteSnapshot(name, change.path("at").asText(), dropped);
        case "block" -> putBlock(name, change, dropped);
        case "append" ->
            appended
                .computeIfAbsent(name, n -> new ArrayList<>())
                .add(
                    new Appended(
                        change.path("position").asLong(),
                        change.path("length").asLong(),
                        BlobJson.text(change, "crc64")));
        case "move" -> move(name, change.path("to").asText(), dropped);
        default ->
            throw new IllegalStateException("a newer version of mlops wrote this state: " + change);
      }
    }
  }

  private void put(Blob blob, JsonNode change, Consumer<Path> dropped) {
    lastTicks = Math.max(lastTicks, Long.parseLong(blob.etag().substring(2), 16));
    Instant expiry = blob.expiry().orElse(Instant.MAX);
    nextExpiry = expiry.isBefore(nextExpiry) ? expiry : nextExpiry;
    Set<Path> kept = Set.copyOf(blob.bytes().files());
    Consumer<Path> droppedHere = file -> unless(kept, file, dropped);
    if (!change.path("keep").asBoolean()) {
      dropUncommitted(blob.name(), droppedHere);
    }
    Blob old = blobs.put(blob.name(), blob);
    if (old != null) {
      old.bytes().files().forEach(droppedHere);
    }
  }

  private void putSnapshot(String at, JsonNode json) {
    Blob blob = BlobJson.read(json, contents);
    lastTicks = Math.max(lastTicks, ChangeStamp.ticks(Instant.parse(at)));
    snapshots.computeIfAbsent(blob.name(), n -> new TreeMap<>()).put(at, blob);
  }

  private void deleteSnapshot(String name, String at, Consumer<Path> dropped) {
    Map<String, Blob> all = snapshots.getOrDefault(name, new TreeMap<>());
    Blob old = all.remove(at);
    if (old != null) {
      old.bytes().files().forEach(dropped);
    }
    if (all.isEmpty()) {
      snapshots.remove(name);
    }
  }

  private static void unless(Set<Path> kept, Path file, Consumer<Path> dropped) {
    if (!kept.contains(file)) {
      dropped.accept(file);
    }
  }

  /** A blob goes with its snapshots: whether it may is asked before. */
  private void delete(String name, Consumer<Path> dropped) {
    dropUncommitted(name, dropped);
    List.copyOf(snapshots(name).keySet()).forEach(at -> deleteSnapshot(name, at, dropped));
    Blob old = blobs.remove(name);
    if (old != null) {
      old.bytes().files().forEach(dropped);
    }
  }

  private void dropUncommitted(String name, Consumer<Path> dropped) {
    appended.remove(name);
    Map<String, Uncommitted> old = blocks.remove(name);
    if (old != null) {
      old.values().forEach(b -> dropped.accept(b.content()));
    }
  }

  private void putBlock(String name, JsonNode change, Consumer<Path> dropped) {
    Uncommitted block =
        new Uncommitted(
            change.path("id").asText(),
            change.path("size").asLong(),
            contents.path(change.path("content").asText()),
            BlobJson.seal(change));
    Uncommitted old =
        blocks.computeIfAbsent(name, n -> new LinkedHashMap<>()).put(block.id(), block);
    if (old != null) {
      dropped.accept(old.content());
    }
  }

  private void move(String from, String to, Consumer<Path> dropped) {
    List<Blob> moved = new ArrayList<>();
    Blob top = blobs.get(from);
    if (top != null) {
      moved.add(top);
    }
    moved.addAll(below(from));
    moved.forEach(b -> blobs.remove(b.name()));
    for (Blob blob : moved) {
      Blob renamed = blob.named(to + blob.name().substring(from.length()));
      Blob old = blobs.put(renamed.name(), renamed);
      if (old != null) {
        old.bytes().files().forEach(dropped);
      }
      dropUncommitted(blob.name(), dropped);
      moveSnapshots(blob.name(), renamed.name(), dropped);
    }
  }

  private void moveSnapshots(String from, String to, Consumer<Path> dropped) {
    List.copyOf(snapshots(to).keySet()).forEach(at -> deleteSnapshot(to, at, dropped));
    NavigableMap<String, Blob> moved = snapshots.remove(from);
    if (moved != null) {
      moved.replaceAll((at, blob) -> blob.named(to));
      snapshots.put(to, moved);
    }
  }

  /** Everything below a directory, whatever its depth; the root has an empty name. */
  public List<Blob> below(String directory) {
    List<Blob> found = new ArrayList<>();
    String prefix = directory.isEmpty() ? "" : directory + "/";
    for (Blob blob : from(prefix).values()) {
      if (!blob.name().startsWith(prefix)) {
        break;
      }
      found.add(blob);
    }
    return found;
  }

  Set<Path> contentInUse() {
    Set<Path> inUse = new HashSet<>();
    blobs.values().forEach(b -> inUse.addAll(b.bytes().files()));
    snapshots.values().forEach(m -> m.values().forEach(b -> inUse.addAll(b.bytes().files())));
    blocks.values().forEach(m -> m.values().forEach(b -> inUse.add(b.content())));
    return inUse;
  }

  /** The changes that make this index out of an empty one. */
  List<ArrayNode> lines() {
    List<ArrayNode> lines = new ArrayList<>();
    if (!root.isEmpty()) {
      lines.add(line(BlobChange.root(root)));
    }
    blobs.values().forEach(b -> lines.add(line(BlobChange.put(b))));
    snapshots
        .values()
        .forEach(all -> all.forEach((at, blob) -> lines.add(line(BlobChange.snapshot(at, blob)))));
    blocks.forEach(
        (name, all) -> all.values().forEach(b -> lines.add(line(BlobChange.block(name, b)))));
    appended.forEach((name, all) -> all.forEach(a -> lines.add(line(BlobChange.append(name, a)))));
    return lines;
  }

  private static ArrayNode line(ObjectNode change) {
    return Json.MAPPER.createArrayNode().add(change);
  }
}
