package mlops.emulator.blob.list;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.ContainerInfo;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.blob.tag.BlobTags;
import mlops.emulator.blob.tag.TagExpression;
import mlops.emulator.http.Response;
import mlops.emulator.http.XmlDocument;

/** Find Blobs by Tags, in a container or in the whole account. */
public final class BlobSearch {
  private static final int LARGEST_PAGE = 5000;

  /** A blob that was found; the place is where a page may go on. */
  private record Found(String container, Blob blob) {
    String place() {
      return container + "/" + blob.name();
    }
  }

  public Response search(StorageRequest request) {
    String where = request.query("where").orElse("");
    TagExpression wanted =
        TagExpression.search(where, () -> StorageErrors.invalidQuery("where", where));
    String marker = ListMarker.read(request);
    int limit = request.count("maxresults", LARGEST_PAGE);
    List<Found> found =
        all(request, wanted).stream().filter(f -> f.place().compareTo(marker) >= 0).toList();
    XmlDocument xml =
        new XmlDocument()
            .open(
                "EnumerationResults", "ServiceEndpoint", "https://" + request.http().host() + "/");
    xml.put("Where", where).open("Blobs");
    found.stream().limit(limit).forEach(f -> describe(xml, f, wanted));
    xml.close();
    xml.put("NextMarker", found.size() > limit ? ListMarker.write(found.get(limit).place()) : "");
    return xml.close().answer(200);
  }

  private static List<Found> all(StorageRequest request, TagExpression wanted) {
    String only = request.target().container();
    if (!only.isEmpty()) {
      return in(request, only, wanted);
    }
    List<Found> found = new ArrayList<>();
    for (ContainerInfo container : request.store().containers().list(request.account())) {
      found.addAll(in(request, container.name(), wanted));
    }
    return found;
  }

  private static List<Found> in(StorageRequest request, String container, TagExpression wanted) {
    return request
        .store()
        .container(request.account(), container)
        .read(
            index ->
                index.from("").values().stream()
                    .filter(blob -> !blob.tags().isEmpty())
                    .filter(blob -> wanted.test().test(withContainer(container, blob)))
                    .map(blob -> new Found(container, blob))
                    .toList());
  }

  private static Map<String, String> withContainer(String container, Blob blob) {
    Map<String, String> tags = new HashMap<>(blob.tags());
    tags.put(TagExpression.CONTAINER, container);
    return tags;
  }

  /** The tags that the expression names are told, no others. */
  private static void describe(XmlDocument xml, Found found, TagExpression wanted) {
    Map<String, String> tags = new HashMap<>(found.blob().tags());
    tags.keySet().retainAll(wanted.names());
    xml.open("Blob").putName("Name", found.blob().name());
    xml.put("ContainerName", found.container());
    xml.open("Tags");
    BlobTags.write(xml, tags);
    xml.close().close();
  }
}
