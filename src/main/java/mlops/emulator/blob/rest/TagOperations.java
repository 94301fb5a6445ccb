package mlops.emulator.blob.rest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.request.StorageXml;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.blob.tag.BlobTags;
import mlops.emulator.http.Response;
import mlops.emulator.http.XmlDocument;

/** Get and Set Blob Tags, which leave ETag and time of the blob as they are. */
public final class TagOperations {

  public Response get(StorageRequest request) {
    request.requireTags();
    Blob blob = request.find();
    request.conditions().checkRead(blob);
    XmlDocument xml = new XmlDocument().open("Tags");
    BlobTags.write(xml, blob.tags());
    return xml.close().answer(200);
  }

  public Response set(StorageRequest request) {
    request.requireTags();
    Map<String, String> tags = read(request);
    request.update(
        (edit, blob) -> {
          request.conditions().checkWrite(Optional.of(blob));
          return blob.withTags(tags);
        });
    return Response.empty(204);
  }

  private static Map<String, String> read(StorageRequest request) {
    BlobTags tags = new BlobTags();
    String[] key = new String[1];
    StorageXml.leaves(
        request,
        (element, text) -> {
          if (element.equals("Key") && key[0] == null) {
            key[0] = text;
          } else if (element.equals("Value") && key[0] != null) {
            tags.add(key[0], text);
            key[0] = null;
          } else if (!List.of("Tags", "TagSet").contains(element)) {
            throw StorageErrors.invalidXml();
          }
        });
    if (key[0] != null) {
      throw StorageErrors.invalidXml();
    }
    return tags.all();
  }
}
