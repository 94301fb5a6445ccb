package mlops.emulator.blob;

import com.azure.core.http.HttpHeader;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import org.jspecify.annotations.Nullable;

/** An admitted request to storage, and what it names. */
record Call(Request request, Target target, Grant grant, BlobStore store) {
  private static final String META = "x-ms-meta-";

  Accounts.Account account() {
    return target.account();
  }

  /** The id of the container that the request names. */
  String containerId() {
    return account().containerId(target.container());
  }

  /** The blobs of the container that the request names. */
  Container container() {
    return store.container(account(), target.container());
  }

  /** The name of the blob; of the root of a hierarchical account it is empty. */
  String blob() {
    return account().hierarchical() ? Directories.path(target.blob()) : target.blob();
  }

  /**
   * The blob as it is.
   *
   * @throws ApiException 404 BlobNotFound; 412 where a version was asked for
   */
  Blob find() {
    return container().read(index -> index.find(blob())).orElseThrow(this::missing);
  }

  private ApiException missing() {
    return header("If-Match") == null ? Errors.blobNotFound() : Errors.conditionNotMet(412);
  }

  @Nullable String header(String name) {
    return request.header(name);
  }

  Optional<String> query(String name) {
    return request.queryValue(name);
  }

  boolean isTrue(String header) {
    return "true".equalsIgnoreCase(header(header));
  }

  Conditions conditions() {
    return Conditions.of(request);
  }

  /** A header that is a whole number of bytes. */
  Optional<Long> number(String header) {
    String text = header(header);
    if (text == null) {
      return Optional.empty();
    }
    if (!text.matches("\\d{1,18}")) {
      throw Errors.invalidHeader(header, text);
    }
    return Optional.of(Long.valueOf(text));
  }

  /** A query parameter that is a count from 1 on. */
  int count(String name, int otherwise) {
    String text = query(name).orElse("");
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) == 0) {
      throw Errors.outOfRangeQuery(name, text);
    }
    return Math.min(Integer.parseInt(text), otherwise);
  }

  /** The user's metadata in the headers of the request. */
  Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (HttpHeader header : request.headers()) {
      String name = header.getName();
      if (name.toLowerCase(Locale.ROOT).startsWith(META)) {
        String key = name.substring(META.length());
        if (!key.matches("[A-Za-z_][A-Za-z0-9_]*")) {
          throw Errors.invalidMetadata();
        }
        metadata.put(key, header.getValue());
      }
    }
    return metadata;
  }
}
