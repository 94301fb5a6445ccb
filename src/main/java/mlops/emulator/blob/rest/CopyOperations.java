package mlops.emulator.blob.rest;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import mlops.emulator.blob.content.ContentFiles;
import mlops.emulator.blob.request.BlobHeaders;
import mlops.emulator.blob.request.Checksums;
import mlops.emulator.blob.request.Conditions;
import mlops.emulator.blob.request.CopySource;
import mlops.emulator.blob.request.Parameters;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobBytes;
import mlops.emulator.blob.store.ContainerBlobs;
import mlops.emulator.blob.store.ContentHeaders;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.HttpDates;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;

/** Copy Blob, which is done at once, and Put Blob From URL. */
final class CopyOperations {
  private static final String TAG_OPTION = "x-ms-copy-source-tag-option";
  private static final Parameters COPY =
      Parameters.CONDITIONS
          .and(Parameters.SOURCE_CONDITIONS)
          .and(Parameters.METADATA)
          .and("x-ms-copy-source", "x-ms-access-tier", "x-ms-tags");
  private static final Parameters COPY_LATER = COPY.and("x-ms-rehydrate-priority");
  private static final Parameters COPY_AT_ONCE =
      COPY.and(Parameters.COPY_SOURCE).and("x-ms-requires-sync", TAG_OPTION);
  static final Parameters PUT_FROM_URL =
      COPY.and(Parameters.COPY_SOURCE)
          .and(Parameters.CONTENT_HEADERS)
          .and("x-ms-blob-type", "x-ms-copy-source-blob-properties", "content-md5", TAG_OPTION);

  private final CopySource sources;

  CopyOperations(CopySource sources) {
    this.sources = sources;
  }

  static Parameters parameters(Request request) {
    return request.header("x-ms-requires-sync") == null ? COPY_LATER : COPY_AT_ONCE;
  }

  /** How soon content comes back from an archive; here all of it is at hand. */
  static void requirePriority(StorageRequest request) {
    String priority = request.header("x-ms-rehydrate-priority");
    if (priority != null
        && !Set.of("high", "standard").contains(priority.toLowerCase(Locale.ROOT))) {
      throw StorageErrors.invalidHeader("x-ms-rehydrate-priority", priority);
    }
  }

  Response copy(StorageRequest request) {
    requirePriority(request);
    if (request.header("x-ms-requires-sync") != null && !request.isTrue("x-ms-requires-sync")) {
      throw StorageErrors.invalidHeader(
          "x-ms-requires-sync", String.valueOf(request.header("x-ms-requires-sync")));
    }
    CopySource.Source source = sources.find(request);
    Checksums.verifySource(request, source.blob());
    Map<String, String> given = request.metadata();
    Map<String, String> metadata = given.isEmpty() ? source.blob().metadata() : given;
    Map<String, String> attributes = new HashMap<>();
    String id = UUID.randomUUID().toString();
    attributes.put("x-ms-copy-id", id);
    attributes.put("x-ms-copy-source", source.url());
    attributes.put("x-ms-copy-status", "success");
    attributes.put("x-ms-copy-progress", source.blob().size() + "/" + source.blob().size());
    attributes.put("x-ms-copy-completion-time", HttpDates.write(request.store().clock().instant()));
    Blob blob = put(request, source, source.blob().headers(), metadata, attributes);
    return BlobHeaders.changed(202, blob)
        .with("x-ms-copy-id", id)
        .with("x-ms-copy-status", "success");
  }

  Response putFromUrl(StorageRequest request) {
    if (!"BlockBlob".equals(request.header("x-ms-blob-type"))) {
      throw StorageErrors.invalidHeader(
          "x-ms-blob-type", String.valueOf(request.header("x-ms-blob-type")));
    }
    CopySource.Source source = sources.find(request);
    Checksums.verifySource(request, source.blob());
    boolean keep = !"false".equalsIgnoreCase(request.header("x-ms-copy-source-blob-properties"));
    ContentHeaders otherwise = keep ? source.blob().headers() : ContentHeaders.ofType(null);
    ContentHeaders headers =
        BlobHeaders.ofRequest(request, BlobHeaders.OF_BLOBS, otherwise)
            .withMd5(source.blob().contentMd5());
    Blob blob = put(request, source, headers, request.metadata(), Map.of());
    Response response =
        BlobHeaders.changed(201, blob).with("x-ms-request-server-encrypted", "true");
    String md5 = blob.contentMd5();
    return md5 == null ? response : response.with("Content-MD5", md5);
  }

  private static Blob put(
      StorageRequest request,
      CopySource.Source source,
      ContentHeaders headers,
      Map<String, String> metadata,
      Map<String, String> attributes) {
    Conditions conditions = request.conditions();
    Map<String, String> tags = tags(request, source.blob());
    ContainerBlobs container = request.container();
    BlobBytes bytes = content(request, source, container.contents());
    try {
      return container.change(
          edit -> {
            BlobWrites.requireWritable(request, conditions, edit.before().find(request.blob()));
            Blob fresh =
                edit.newBlob(request.blob(), source.blob().kind(), bytes, headers, metadata);
            return BlobWrites.putTagged(
                edit, request, fresh.withAttributes(attributes).withTags(tags));
          });
    } catch (ApiException e) {
      container.contents().discard(bytes.file());
      throw e;
    }
  }

  /** The tags of the copy: those of the request, or where it says so, of the source. */
  private static Map<String, String> tags(StorageRequest request, Blob source) {
    String option = request.header(TAG_OPTION);
    if (option == null || option.equalsIgnoreCase("REPLACE")) {
      return request.tags();
    }
    if (!option.equalsIgnoreCase("COPY")) {
      throw StorageErrors.invalidHeader(TAG_OPTION, option);
    }
    if (request.header("x-ms-tags") != null) {
      throw ApiException.badRequest(
          "BothUserTagsAndSourceTagsCopyPresentException",
          "x-ms-tags header must not be present with x-ms-copy-source-tag-option as COPY.");
    }
    return source.tags();
  }

  /** Content that can grow, as in hierarchical accounts, is copied; other content is shared. */
  private static BlobBytes content(
      StorageRequest request, CopySource.Source source, ContentFiles contents) {
    Blob blob = source.blob();
    if (blob.isDirectory()) {
      throw StorageErrors.resourceTypeMismatch();
    }
    boolean grows =
        blob.kind() == Blob.Kind.APPEND
            || source.hierarchical()
            || request.account().hierarchical();
    return grows ? blob.copied(contents) : blob.shared(contents);
  }
}
