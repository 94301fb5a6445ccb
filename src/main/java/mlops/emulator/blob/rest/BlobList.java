package mlops.emulator.blob.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobIndex;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Response;
import mlops.emulator.http.XmlDocument;
import org.jspecify.annotations.Nullable;

/** List Blobs: flat, or with a delimiter as one level of folders. */
public final class BlobList {
  private static final int LARGEST_PAGE = 5000;

  /** There are no snapshots, versions, tags and policies here, and nothing deleted is kept. */
  private static final Set<String> INCLUDES =
      Set.of(
          "copy",
          "deleted",
          "deletedwithversions",
          "immutabilitypolicy",
          "legalhold",
          "metadata",
          "permissions",
          "snapshots",
          "tags",
          "uncommittedblobs",
          "versions");

  /** What is asked for. {@code start} is the first name that may be in the page. */
  private record Query(
      String prefix, String delimiter, String start, int limit, Set<String> include) {}

  /** A page: blobs, names of folders that end in the delimiter, and where to go on. */
  private record Page(List<Object> entries, String next) {}

  public Response list(StorageRequest request) {
    String marker = request.query("marker").orElse("");
    Query query =
        new Query(
            request.query("prefix").orElse(""),
            request.query("delimiter").orElse(""),
            start(request, marker),
            request.count("maxresults", LARGEST_PAGE),
            includes(request));
    Page page = request.container().read(index -> page(index, query));
    return answer(request, query, marker, page);
  }

  /** Names before {@code startFrom} are not listed, whatever page is asked for. */
  private static String start(StorageRequest request, String marker) {
    String page = marker.isEmpty() ? "" : name(marker);
    String from = request.query("startfrom").orElse("");
    return from.compareTo(page) > 0 ? from : page;
  }

  private static Set<String> includes(StorageRequest request) {
    Set<String> includes = request.words("include", INCLUDES);
    if (includes.contains("permissions")) {
      throw ApiException.notImplemented(
          "The embedded Azure lists owner and permissions at the DFS endpoint only (include=permissions).");
    }
    return includes;
  }

  private static Page page(BlobIndex index, Query query) {
    String start = query.start().compareTo(query.prefix()) > 0 ? query.start() : query.prefix();
    NavigableMap<String, Blob> blobs = index.from(start);
    if (query.include().contains("uncommittedblobs")) {
      blobs = withUncommitted(index, blobs, start);
    }
    List<Object> entries = new ArrayList<>();
    String name = blobs.isEmpty() ? null : blobs.firstKey();
    while (name != null && name.startsWith(query.prefix())) {
      if (entries.size() == query.limit()) {
        return new Page(entries, name);
      }
      String folder = folder(name, query);
      Blob blob = Objects.requireNonNull(blobs.get(name));
      if (!folder.isEmpty()) {
        entries.add(folder);
        name = after(blobs, folder);
        continue;
      }
      boolean isFolder = blob.isDirectory() && query.delimiter().equals("/");
      if (!isFolder) {
        entries.add(blob);
      } else if (!index.hasBelow(name)) {
        entries.add(name + "/"); // an empty one; others come with what is in them
      }
      name = blobs.higherKey(name);
    }
    return new Page(entries, "");
  }

  /** The first name that does not start with this. */
  private static @Nullable String after(NavigableMap<String, Blob> blobs, String prefix) {
    return blobs.ceilingKey(prefix + Character.MAX_VALUE);
  }

  private static String folder(String name, Query query) {
    if (query.delimiter().isEmpty()) {
      return "";
    }
    int at = name.indexOf(query.delimiter(), query.prefix().length());
    return at < 0 ? "" : name.substring(0, at + query.delimiter().length());
  }

  private static NavigableMap<String, Blob> withUncommitted(
      BlobIndex index, NavigableMap<String, Blob> blobs, String start) {
    NavigableMap<String, Blob> all = new TreeMap<>(blobs);
    for (String name : index.uncommitted().tailMap(start, true).keySet()) {
      all.putIfAbsent(name, BlobListXml.uncommitted(name));
    }
    return all;
  }

  private static Response answer(StorageRequest request, Query query, String marker, Page page) {
    XmlDocument xml =
        new XmlDocument()
            .open(
                "EnumerationResults",
                "ServiceEndpoint",
                "https://" + request.http().host() + "/",
                "ContainerName",
                request.target().container());
    request.query("prefix").ifPresent(prefix -> xml.putName("Prefix", prefix));
    if (!marker.isEmpty()) {
      xml.put("Marker", marker);
    }
    request.query("maxresults").ifPresent(max -> xml.put("MaxResults", max));
    if (!query.delimiter().isEmpty()) {
      xml.putName("Delimiter", query.delimiter());
    }
    xml.open("Blobs");
    for (Object entry : page.entries()) {
      if (entry instanceof Blob blob) {
        BlobListXml.describe(xml, blob, query.include(), request.account().hierarchical());
      } else {
        xml.open("BlobPrefix").putName("Name", (String) entry).close();
      }
    }
    xml.close().put("NextMarker", page.next().isEmpty() ? "" : marker(page.next()));
    return xml.close().answer(200);
  }

  private static String marker(String name) {
    return "1!" + Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(UTF_8));
  }

  private static String name(String marker) {
    try {
      return new String(Base64.getUrlDecoder().decode(marker.substring(2)), UTF_8);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw StorageErrors.invalidQuery("marker", marker);
    }
  }
}
