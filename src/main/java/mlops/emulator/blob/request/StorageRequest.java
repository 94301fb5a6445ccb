package mlops.emulator.blob.request;

import com.azure.core.http.HttpHeader;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.blob.auth.StorageAuthorization;
import mlops.emulator.blob.auth.StorageTarget;
import mlops.emulator.blob.store.Accounts;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.blob.store.ContainerBlobs;
import mlops.emulator.blob.store.Directories;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import org.jspecify.annotations.Nullable;

/** An admitted request to storage, and what it names. */
public record StorageRequest(
    Request http, StorageTarget target, StorageAuthorization authorization, BlobStore store) {
  private static final String META = "x-ms-meta-";

  public Accounts.Account account() {
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
    return account().hierarchical() ? Directories.path(target.blob()) : target.blob();
  }

  /**
   * The blob as it is.
   *
   * @throws ApiException 404 BlobNotFound; 412 where a version was asked for
   */
  public Blob find() {
    return container().read(index -> index.find(blob())).orElseThrow(this::missing);
  }

  private ApiException missing() {
    return header("If-Match") == null
        ? StorageErrors.blobNotFound()
        : StorageErrors.conditionNotMet(412);
  }

  public @Nullable String header(String name) {
    return http.header(name);
  }

  public Optional<String> query(String name) {
    return http.queryValue(name);
  }

  public boolean isTrue(String header) {
    return "true".equalsIgnoreCase(header(header));
  }

  public Conditions conditions() {
    return Conditions.of(http);
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
