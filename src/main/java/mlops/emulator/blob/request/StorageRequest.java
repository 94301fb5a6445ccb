package mlops.emulator.blob.request;

import com.azure.core.http.HttpHeader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import mlops.emulator.blob.auth.StorageAuthorization;
import mlops.emulator.blob.auth.StorageTarget;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobAccounts;
import mlops.emulator.blob.store.BlobChange;
import mlops.emulator.blob.store.BlobIndex;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.blob.store.ContainerBlobs;
import mlops.emulator.blob.store.ContainerEdit;
import mlops.emulator.blob.store.HierarchicalNamespace;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.blob.tag.BlobTags;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import org.jspecify.annotations.Nullable;

/** An admitted request to storage, and what it names. */
public record StorageRequest(
    Request http, StorageTarget target, StorageAuthorization authorization, BlobStore store) {
  private static final String META = "x-ms-meta-";

  public BlobAccounts.Account account() {
    return target.account();
  }

  /** The id of the container that the request names. */
  public String containerId() {
    return account().containerId(target.container());
  }

  /** The blobs of the container that the request names. */
  public ContainerBlobs container() {
    return store.container(account(), target.container());
  }

  /** The name of the blob; of the root of a hierarchical account it is empty. */
  public String blob() {
    return account().hierarchical() ? HierarchicalNamespace.path(target.blob()) : target.blob();
  }

  /**
   * The blob as it is.
   *
   * @throws ApiException 404 BlobNotFound
   */
  public Blob find() {
    return container().read(this::find).orElseThrow(StorageErrors::blobNotFound);
  }

  /** The same, or the snapshot of it that the query names. */
  public Optional<Blob> find(BlobIndex index) {
    String snapshot = query("snapshot").orElse("");
    return snapshot.isEmpty()
        ? index.find(blob())
        : Optional.ofNullable(index.snapshots(blob()).get(snapshot));
  }

  /**
   * The blob itself, no snapshot of it.
   *
   * @throws ApiException 404 BlobNotFound
   */
  public Blob current(BlobIndex index) {
    return index.find(blob()).orElseThrow(StorageErrors::blobNotFound);
  }

  /**
   * Changes the blob, but for what is not committed of it; nobody else does meanwhile.
   *
   * @param change the blob as it is to be, of an edit and the blob as it is
   * @throws ApiException 404 BlobNotFound
   */
  public Blob update(BiFunction<ContainerEdit, Blob, Blob> change) {
    return container()
        .change(
            edit -> {
              Blob changed = change.apply(edit, current(edit.before()));
              edit.make(BlobChange.update(changed));
              return changed;
            });
  }

  /**
   * The tags that the request sets.
   *
   * @throws ApiException 400, where they are none, or where the account has none
   */
  public Map<String, String> tags() {
    String header = header("x-ms-tags");
    if (header == null) {
      return Map.of();
    }
    requireTags();
    return BlobTags.ofHeader(header);
  }

  /** Asks for real directories. */
  public void requireHierarchical() {
    if (!account().hierarchical()) {
      throw ApiException.notImplemented(
          "The embedded Azure answers %s %s in accounts with a hierarchical namespace only, for directories, renames, access control and expiry; %s has none."
              .formatted(http.method(), http.path(), account().name()));
    }
  }

  /** Asks that blobs may have tags, which they may not in hierarchical accounts. */
  public void requireTags() {
    if (account().hierarchical()) {
      throw ApiException.badRequest(
          "BlobTagsNotSupportedForAccountType",
          "Blob tags are only supported on General Purpose v2 storage accounts.");
    }
  }

  /** The value of a header; an empty one is as good as none. */
  public @Nullable String header(String name) {
    String value = http.header(name);
    return value == null || value.isEmpty() ? null : value;
  }

  public Optional<String> query(String name) {
    return http.queryValue(name);
  }

  public boolean isTrue(String header) {
    return "true".equalsIgnoreCase(header(header));
  }

  /** The moment at which it is answered. */
  public Instant now() {
    return store.clock().instant();
  }

  public Conditions conditions() {
    return Conditions.of(this);
  }

  /** A query parameter that is {@code true} or {@code false}, where it is there at all. */
  public boolean flag(String name) {
    String text = query(name).orElse("");
    boolean yes = text.equalsIgnoreCase("true");
    if (!yes && !text.isEmpty() && !text.equalsIgnoreCase("false")) {
      throw StorageErrors.invalidQuery(name, text);
    }
    return yes;
  }

  /** The same where {@code true} is not built. */
  public void requireNot(String name, String meaning) {
    if (flag(name)) {
      throw ApiException.notImplemented(
          "The embedded Azure does not %s (%s=true).".formatted(meaning, name));
    }
  }

  /** Nothing here takes several requests, so that there is no place to go on from. */
  public void requireNoContinuation() {
    String continuation = query("continuation").orElse("");
    if (!continuation.isEmpty()) {
      throw StorageErrors.invalidQuery("continuation", continuation);
    }
  }

  /** A query parameter that is a list with commas between, of these words. */
  public Set<String> words(String name, Set<String> known) {
    Set<String> words = new LinkedHashSet<>();
    for (String word : query(name).orElse("").toLowerCase(Locale.ROOT).split(",")) {
      if (!word.isBlank()) {
        words.add(word.strip());
      }
    }
    if (!known.containsAll(words)) {
      throw StorageErrors.invalidQuery(name, query(name).orElse(""));
    }
    return words;
  }

  /** A header that is a whole number of bytes. */
  public Optional<Long> number(String header) {
    String text = header(header);
    if (text == null) {
      return Optional.empty();
    }
    if (!text.matches("\\d{1,18}")) {
      throw StorageErrors.invalidHeader(header, text);
    }
    return Optional.of(Long.valueOf(text));
  }

  /** A query parameter that is a count from 1 on. */
  public int count(String name, int otherwise) {
    String text = query(name).orElse("");
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) == 0) {
      throw StorageErrors.outOfRangeQuery(name, text);
    }
    return Math.min(Integer.parseInt(text), otherwise);
  }

  /** The user's metadata in the headers of the request. */
  public Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (HttpHeader header : http.headers()) {
      String name = header.getName();
      if (name.toLowerCase(Locale.ROOT).startsWith(META)) {
        String key = name.substring(META.length());
        if (!key.matches("[A-Za-z_][A-Za-z0-9_]*")) {
          throw StorageErrors.invalidMetadata();
        }
        metadata.put(key, header.getValue());
      }
    }
    return metadata;
  }
}
