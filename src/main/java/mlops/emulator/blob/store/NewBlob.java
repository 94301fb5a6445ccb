package mlops.emulator.blob.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import mlops.emulator.blob.content.WrittenFile;

/** Blobs as they are when they are made or overwritten. */
public final class NewBlob {

  public static Blob of(
      ContainerEdit edit,
      String name,
      Blob.Kind kind,
      WrittenFile content,
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
