package mlops.emulator.blob;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import mlops.emulator.http.Json;
import org.jspecify.annotations.Nullable;

/** Changes of a container that happen together or not at all. */
final class Edit {
  private final Index before;
  private final Contents contents;
  private final Clock clock;
  private final ArrayNode changes = Json.MAPPER.createArrayNode();
  private @Nullable Stamp stamp;

  Edit(Index before, Contents contents, Clock clock) {
    this.before = before;
    this.contents = contents;
    this.clock = clock;
  }

  /** The container as it is without these changes. */
  Index before() {
    return before;
  }

  /** When the changes happen, and an ETag that was never there before. */
  Stamp stamp() {
    Stamp made = stamp;
    if (made == null) {
      Instant now = clock.instant();
      made = Stamp.of(now, Math.max(Stamp.ticks(now), before.lastTicks() + 1));
      stamp = made;
    }
    return made;
  }

  /** Where directories, which have no content, point to. */
  Path noContent() {
    return contents.path("none");
  }

  void make(ObjectNode change) {
    changes.add(change);
  }

  /** Puts a blob, stamped. */
  Blob put(Blob blob) {
    Blob stamped = blob.stamped(stamp());
    make(Change.put(stamped));
    return stamped;
  }

  ArrayNode changes() {
    return changes;
  }
}
