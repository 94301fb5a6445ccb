package mlops.emulator.blob;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Blobs as they are when they are made or overwritten. */
final class NewBlob {

  static Blob of(
      Edit edit,
      String name,
      Blob.Kind kind,
      Written content,
      ContentHeaders headers,
      Map<String, String> metadata) {
    Instant now = edit.stamp().time();
    Instant created = edit.before().find(name).map(Blob::createdOn).orElse(now);
    return new Blob(
        name,
        kind,
        content.size(),
        edit.stamp().etag(),
        created,
        now,
        content.file(),
        headers,
        metadata,
        List.of(),
        Map.of());
  }

  private NewBlob() {}
}
