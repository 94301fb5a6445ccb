package mlops.emulator.blob.dfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;
import mlops.emulator.blob.acl.PathAccess;
import mlops.emulator.blob.request.PosixPermissions;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobIndex;
import mlops.emulator.blob.store.ChangeStamp;
import mlops.emulator.blob.store.HierarchicalNamespace;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.HttpDates;
import mlops.emulator.http.Json;
import mlops.emulator.http.Response;

/** The files and directories below a directory, all of them or its own. */
final class PathList {
  private static final int LARGEST_PAGE = 5000;

  /** Ticks of 100 ns between the years 1 and 1601, from which Windows counts. */
  private static final long YEAR_1601 = 504_911_232_000_000_000L;

  private record Page(List<Blob> paths, String next) {}

  Response list(StorageRequest request) {
    boolean recursive = request.flag("recursive");
    request.requireNot("upn", "turn object ids into names");
    String directory = HierarchicalNamespace.path(request.query("directory").orElse(""));
    String start = place(request);
    int limit = request.count("maxresults", LARGEST_PAGE);
    Page page =
        request
            .container()
            .read(
                index -> {
                  requireDirectory(request, index, directory);
                  return page(index, directory, recursive, start, limit);
                });
    ObjectNode body = Json.object();
    ArrayNode paths = body.putArray("paths");
    page.paths().forEach(blob -> paths.add(describe(blob)));
    Response response = Response.json(200, body);
    return page.next().isEmpty()
        ? response
        : response.with("x-ms-continuation", continuation(page.next()));
  }

  /** The path at which the request goes on, or nothing. */
  static String place(StorageRequest request) {
    String continuation = request.query("continuation").orElse("");
    try {
      return new String(Base64.getUrlDecoder().decode(continuation), UTF_8);
    } catch (IllegalArgumentException e) {
      throw StorageErrors.invalidQuery("continuation", continuation);
    }
  }

  /** What a client sends to go on at a path. */
  static String continuation(String place) {
    return Base64.getUrlEncoder().encodeToString(place.getBytes(UTF_8));
  }

  private static void requireDirectory(StorageRequest request, BlobIndex index, String directory) {
    if (directory.isEmpty()) {
      return;
    }
    boolean there =
        request.account().hierarchical()
            ? index.find(directory).isPresent()
            : index.hasBelow(directory);
    if (!there) {
      throw StorageErrors.blobNotFound();
    }
  }

  private static Page page(
      BlobIndex index, String directory, boolean recursive, String start, int limit) {
    String prefix = directory.isEmpty() ? "" : directory + "/";
    NavigableMap<String, Blob> blobs = index.from(start.compareTo(prefix) > 0 ? start : prefix);
    List<Blob> found = new ArrayList<>();
    String name = blobs.isEmpty() ? null : blobs.firstKey();
    while (name != null && name.startsWith(prefix)) {
      int slash = name.indexOf('/', prefix.length());
      if (!recursive && slash >= 0) {
        name = blobs.ceilingKey(name.substring(0, slash + 1) + Character.MAX_VALUE);
        continue;
      }
      if (found.size() == limit) {
        return new Page(found, name);
      }
      found.add(blobs.get(name));
      name = blobs.higherKey(name);
    }
    return new Page(found, "");
  }

  private static String ticks(Instant time) {
    return Long.toString(ChangeStamp.ticks(time) - YEAR_1601);
  }

  private static ObjectNode describe(Blob blob) {
    ObjectNode path = Json.object();
    path.put("name", blob.name()).put("contentLength", Long.toString(blob.size()));
    path.put("creationTime", ticks(blob.createdOn()));
    path.put("etag", blob.etag()).put("expiryTime", blob.expiry().map(PathList::ticks).orElse("0"));
    PathAccess access = PosixPermissions.of(blob);
    path.put("group", access.group());
    if (blob.isDirectory()) {
      path.put("isDirectory", "true");
    }
    path.put("lastModified", HttpDates.write(blob.lastModified()));
    path.put("owner", access.owner());
    return path.put("permissions", access.permissions());
  }
}
