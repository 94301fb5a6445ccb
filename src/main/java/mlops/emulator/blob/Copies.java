package mlops.emulator.blob;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Response;

/** Copy Blob, which is done at once, and Put Blob From URL. */
final class Copies {
  private final CopySource sources;

  Copies(CopySource sources) {
    this.sources = sources;
  }

  Response copy(Call call) {
    CopySource.Source source = sources.find(call);
    Map<String, String> given = call.metadata();
    Map<String, String> metadata = given.isEmpty() ? source.blob().metadata() : given;
    Map<String, String> attributes = new HashMap<>();
    String id = UUID.randomUUID().toString();
    attributes.put("x-ms-copy-id", id);
    attributes.put("x-ms-copy-source", source.url());
    attributes.put("x-ms-copy-status", "success");
    attributes.put("x-ms-copy-progress", source.blob().size() + "/" + source.blob().size());
    attributes.put("x-ms-copy-completion-time", Headers.date(call.store().clock().instant()));
    Blob blob = put(call, source, source.blob().headers(), metadata, attributes);
    return Headers.changed(202, blob).with("x-ms-copy-id", id).with("x-ms-copy-status", "success");
  }

  Response putFromUrl(Call call) {
    if (!"BlockBlob".equals(call.header("x-ms-blob-type"))) {
      throw Errors.invalidHeader("x-ms-blob-type", String.valueOf(call.header("x-ms-blob-type")));
    }
    CopySource.Source source = sources.find(call);
    boolean keep = !"false".equalsIgnoreCase(call.header("x-ms-copy-source-blob-properties"));
    ContentHeaders headers =
        keep
            ? source.blob().headers()
            : Headers.ofRequest(call, false).withMd5(source.blob().contentMd5());
    Blob blob = put(call, source, headers, call.metadata(), Map.of());
    Response response = Headers.changed(201, blob).with("x-ms-request-server-encrypted", "true");
    String md5 = blob.contentMd5();
    return md5 == null ? response : response.with("Content-MD5", md5);
  }

  private static Blob put(
      Call call,
      CopySource.Source source,
      ContentHeaders headers,
      Map<String, String> metadata,
      Map<String, String> attributes) {
    Conditions conditions = call.conditions();
    Container container = call.container();
    Path content = content(call, source, container.contents());
    Written written = new Written(content, source.blob().size(), null, "");
    try {
      return container.change(
          edit -> {
            BlobWrites.requireWritable(call, conditions, edit.before().find(call.blob()));
            Directories.makeParents(call.account(), edit, call.blob());
            Blob fresh =
                NewBlob.of(edit, call.blob(), source.blob().kind(), written, headers, metadata)
                    .withAttributes(attributes)
                    .withBlocks(source.blob().joined(content).blocks());
            return edit.put(call.header("x-ms-access-tier") == null ? fresh : tiered(call, fresh));
          });
    } catch (ApiException e) {
      container.contents().discard(content);
      throw e;
    }
  }

  private static Blob tiered(Call call, Blob blob) {
    Map<String, String> attributes = new HashMap<>(blob.attributes());
    attributes.putAll(BlobWrites.withTier(call, blob).attributes());
    return blob.withAttributes(attributes);
  }

  /** Content that can grow, as in hierarchical accounts, is copied; other content is shared. */
  private static Path content(Call call, CopySource.Source source, Contents contents) {
    Blob blob = source.blob();
    if (blob.isDirectory()) {
      throw Errors.resourceTypeMismatch();
    }
    boolean copied =
        blob.isInPieces()
            || blob.kind() == Blob.Kind.APPEND
            || source.hierarchical()
            || call.account().hierarchical();
    return copied ? contents.join(blob.parts()) : contents.link(blob.content());
  }
}
