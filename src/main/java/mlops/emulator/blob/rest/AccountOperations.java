package mlops.emulator.blob.rest;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import mlops.emulator.blob.list.BlobListXml;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.store.ContainerInfo;
import mlops.emulator.http.HttpDates;
import mlops.emulator.http.Response;
import mlops.emulator.http.XmlDocument;

/** Operations on a storage account as a whole. */
public final class AccountOperations {
  private static final int LARGEST_PAGE = 5000;

  /** Nothing that was deleted is kept, and there are no containers of the system. */
  private static final Set<String> INCLUDES = Set.of("metadata", "deleted", "system");

  public Response information(StorageRequest request) {
    return Response.empty(200)
        .with("x-ms-sku-name", request.account().sku())
        .with("x-ms-account-kind", request.account().kind())
        .with("x-ms-is-hns-enabled", "" + request.account().hierarchical());
  }

  public Response properties(StorageRequest request) {
    XmlDocument xml = new XmlDocument().open("StorageServiceProperties");
    xml.open("Logging").put("Version", "1.0").put("Read", "false").put("Write", "false");
    xml.put("Delete", "false").open("RetentionPolicy").put("Enabled", "false");
    xml.close().close();
    for (String metrics : List.of("HourMetrics", "MinuteMetrics")) {
      xml.open(metrics).put("Version", "1.0").put("Enabled", "false");
      xml.open("RetentionPolicy").put("Enabled", "false").close().close();
    }
    xml.put("Cors", "").put("DefaultServiceVersion", "2024-08-04");
    xml.open("DeleteRetentionPolicy").put("Enabled", "false").close();
    xml.open("StaticWebsite").put("Enabled", "false").close();
    return xml.close().answer(200);
  }

  public Response listContainers(StorageRequest request) {
    String prefix = request.query("prefix").orElse("");
    String marker = request.query("marker").orElse("");
    int limit = request.count("maxresults", LARGEST_PAGE);
    boolean metadata = request.words("include", INCLUDES).contains("metadata");
    List<ContainerInfo> found =
        request.store().containers().list(request.account()).stream()
            .filter(c -> c.name().startsWith(prefix) && c.name().compareTo(marker) >= 0)
            .toList();
    XmlDocument xml =
        new XmlDocument()
            .open(
                "EnumerationResults", "ServiceEndpoint", "https://" + request.http().host() + "/");
    putIfAsked(xml, request, "prefix", "Prefix");
    putIfAsked(xml, request, "marker", "Marker");
    putIfAsked(xml, request, "maxresults", "MaxResults");
    xml.open("Containers");
    found.stream().limit(limit).forEach(c -> describe(xml, c, metadata, request.now()));
    xml.close();
    xml.put("NextMarker", found.size() > limit ? found.get(limit).name() : "");
    return xml.close().answer(200);
  }

  private static void putIfAsked(
      XmlDocument xml, StorageRequest request, String parameter, String element) {
    request.query(parameter).filter(v -> !v.isEmpty()).ifPresent(v -> xml.put(element, v));
  }

  private static void describe(
      XmlDocument xml, ContainerInfo container, boolean metadata, Instant now) {
    xml.open("Container").put("Name", container.name()).open("Properties");
    xml.put("Last-Modified", HttpDates.write(container.lastModified()));
    xml.put("Etag", "\"" + container.etag() + "\"");
    BlobListXml.lease(xml, container.lease(), now);
    if (!container.publicAccess().equals("None")) {
      xml.put("PublicAccess", ContainerOperations.inLowerCase(container.publicAccess()));
    }
    xml.put("DefaultEncryptionScope", "$account-encryption-key");
    xml.put("DenyEncryptionScopeOverride", "false").put("HasImmutabilityPolicy", "false");
    xml.put("HasLegalHold", "false").put("ImmutableStorageWithVersioningEnabled", "false");
    xml.close();
    if (metadata && !container.metadata().isEmpty()) {
      xml.open("Metadata");
      container.metadata().forEach(xml::put);
      xml.close();
    }
    xml.close();
  }
}
