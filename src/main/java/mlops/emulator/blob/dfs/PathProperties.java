package mlops.emulator.blob.dfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import mlops.emulator.blob.request.BlobHeaders;
import mlops.emulator.blob.request.Parameters;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.store.ContentHeaders;
import mlops.emulator.blob.store.StorageErrors;

/** Metadata as the DFS endpoint writes it: {@code name=base64,name=base64}. */
final class PathProperties {
  /** The standard headers in the spelling of this endpoint. */
  static final Parameters HEADERS =
      Parameters.of("x-ms-content-type", "x-ms-content-encoding", "x-ms-content-language")
          .and("x-ms-content-disposition", "x-ms-cache-control");

  static Map<String, String> read(StorageRequest request) {
    String header = request.header("x-ms-properties");
    Map<String, String> values = new LinkedHashMap<>();
    if (header == null || header.isBlank()) {
      return values;
    }
    for (String pair : header.split(",")) {
      String[] parts = pair.strip().split("=", 2);
      try {
        String value = parts.length > 1 ? parts[1] : "";
        values.put(parts[0], new String(Base64.getDecoder().decode(value), UTF_8));
      } catch (IllegalArgumentException e) {
        throw StorageErrors.invalidHeader("x-ms-properties", header);
      }
    }
    return values;
  }

  static String write(Map<String, String> values) {
    return values.entrySet().stream()
        .map(
            e ->
                e.getKey() + "=" + Base64.getEncoder().encodeToString(e.getValue().getBytes(UTF_8)))
        .collect(Collectors.joining(","));
  }

  /** The standard headers that a request sets, in the spelling of this endpoint. */
  static ContentHeaders headers(StorageRequest request, ContentHeaders otherwise) {
    return BlobHeaders.ofRequest(request, "x-ms-", otherwise);
  }

  private PathProperties() {}
}
