package mlops.emulator.blob.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.blob.content.ContentFiles;
import mlops.emulator.blob.lease.Lease;
import mlops.emulator.http.Json;
import org.jspecify.annotations.Nullable;

/** Changes of a container that happen together or not at all. */
public final class ContainerEdit {
  private final BlobIndex before;
  private final ContentFiles contents;
  private final Clock clock;
  private final ArrayNode changes = Json.MAPPER.createArrayNode();
  private @Nullable ChangeStamp stamp;

  ContainerEdit(BlobIndex before, ContentFiles contents, Clock clock) {
    this.before = before;
    this.contents = contents;
    this.clock = clock;
  }

  /** The container as it is without these changes. */
  public BlobIndex before() {
    return before;
  }

  /**
   * When the changes happen, and an ETag that this container never had: the time in units of 100
   * ns, or one more than its last; all blobs of one edit have the same.
   *
   * <p>A blob gets another ETag by its content (a block appended to an append blob is content),
   * metadata, properties and access control. It keeps the one it has with a tier, index tags, a
   * lease, an expiry, a rename, and bytes sent to the DFS endpoint that are not flushed yet. A
   * snapshot has that of its blob, unless it is given metadata of its own.
   *
   * <p>So {@link #put}, {@link #newBlob} and {@code blob.stamped(edit.stamp())} give the new one;
   * {@link #make} alone never does.
   */
  public ChangeStamp stamp() {
    ChangeStamp made = stamp;
    if (made == null) {
      Instant now = clock.instant();
      made = ChangeStamp.of(now, Math.max(ChangeStamp.ticks(now), before.lastTicks() + 1));
      stamp = made;
    }
    return made;
  }

  /** Where directories, which have no content, point to. */
  public Path noContent() {
    return contents.path("none");
  }

  /** A blob as it is when it is made or overwritten. */
  public Blob newBlob(
      String name,
      Blob.Kind kind,
      BlobBytes bytes,
      ContentHeaders headers,
      Map<String, String> metadata) {
    Optional<Blob> there = before.find(name);
    Instant created = there.map(Blob::createdOn).orElse(stamp().time());
    Lease lease = there.map(Blob::lease).orElse(Lease.NONE);
    BlobProperties properties = BlobProperties.of(headers, metadata);
    return new Blob(name, kind, created, stamp(), bytes, properties, lease);
  }

  Blob newDirectory(String name, BlobProperties properties) {
    BlobBytes nothing = BlobBytes.of(noContent(), 0);
    Lease lease = before.find(name).map(Blob::lease).orElse(Lease.NONE);
    return new Blob(name, Blob.Kind.DIRECTORY, stamp().time(), stamp(), nothing, properties, lease);
  }

  public void make(ObjectNode change) {
    changes.add(change);
  }

  /** Puts a blob, stamped. */
  public Blob put(Blob blob) {
    Blob stamped = blob.stamped(stamp());
    make(BlobChange.put(stamped));
    return stamped;
  }

  ArrayNode changes() {
    return changes;
  }
}
