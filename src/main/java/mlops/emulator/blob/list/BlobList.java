package mlops.emulator.blob.list;

import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.http.Response;
import mlops.emulator.http.XmlDocument;

/** List Blobs: flat, or with a delimiter as one level of folders. */
public final class BlobList {

  public Response list(StorageRequest request) {
    BlobQuery query = BlobQuery.of(request);
    BlobPage page = request.container().read(index -> BlobPage.of(index, query));
    XmlDocument xml =
        new XmlDocument()
            .open(
                "EnumerationResults",
                "ServiceEndpoint",
                "https://" + request.http().host() + "/",
                "ContainerName",
                request.target().container());
    request.query("prefix").ifPresent(prefix -> xml.putName("Prefix", prefix));
    request.query("marker").filter(m -> !m.isEmpty()).ifPresent(m -> xml.put("Marker", m));
    request.query("maxresults").ifPresent(max -> xml.put("MaxResults", max));
    if (!query.delimiter().isEmpty()) {
      xml.putName("Delimiter", query.delimiter());
    }
    describe(xml, page, request, query);
    xml.put("NextMarker", page.next().isEmpty() ? "" : ListMarker.write(page.next()));
    return xml.close().answer(200);
  }

  private static void describe(
      XmlDocument xml, BlobPage page, StorageRequest request, BlobQuery query) {
    BlobListXml blobs =
        new BlobListXml(xml, query.include(), request.account().hierarchical(), request.now());
    xml.open("Blobs");
    for (BlobPage.Entry entry : page.entries()) {
      if (entry instanceof BlobPage.Item item) {
        blobs.describe(item.blob(), item.snapshot());
      } else if (entry instanceof BlobPage.Folder folder) {
        xml.open("BlobPrefix").putName("Name", folder.name()).close();
      }
    }
    xml.close();
  }
}
