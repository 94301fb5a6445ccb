package mlops.emulator.blob.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import mlops.emulator.blob.request.BlobHeaders;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.request.StorageXml;
import mlops.emulator.blob.store.ContainerInfo;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.Json;
import mlops.emulator.http.Response;
import mlops.emulator.http.XmlDocument;

/** Who may read a container without a key, and its stored access policies. */
public final class ContainerAcl {
  private static final int MOST_POLICIES = 5;
  private static final List<String> TERMS = List.of("Start", "Expiry", "Permission");

  public Response read(StorageRequest request) {
    ContainerInfo info = ContainerOperations.find(request);
    XmlDocument xml = new XmlDocument();
    if (info.identifiers().isEmpty()) {
      xml.put("SignedIdentifiers", "");
    } else {
      xml.open("SignedIdentifiers");
      info.identifiers().forEach(identifier -> describe(xml, identifier));
      xml.close();
    }
    Response response = xml.answer(200);
    BlobHeaders.changed(200, info).headers().forEach(h -> response.with(h.getName(), h.getValue()));
    if (!info.publicAccess().equals("None")) {
      response.with(
          "x-ms-blob-public-access", ContainerOperations.inLowerCase(info.publicAccess()));
    }
    return response;
  }

  private static void describe(XmlDocument xml, JsonNode identifier) {
    xml.open("SignedIdentifier").put("Id", identifier.path("id").asText()).open("AccessPolicy");
    for (String term : TERMS) {
      String value = identifier.path(term.toLowerCase(Locale.ROOT)).asText();
      if (!value.isEmpty()) {
        xml.put(term, value);
      }
    }
    xml.close().close();
  }

  public Response write(StorageRequest request) {
    ArrayNode identifiers = identifiers(request);
    String access =
        ContainerOperations.access(request.header("x-ms-blob-public-access"), request.account());
    return ContainerOperations.update(
        request, request.conditions(), info -> info.withAccess(access, identifiers));
  }

  private static ArrayNode identifiers(StorageRequest request) {
    ArrayNode identifiers = Json.MAPPER.createArrayNode();
    Long length = request.http().body().getLength();
    if (length != null && length == 0) {
      return identifiers;
    }
    StorageXml.leaves(
        request,
        (element, text) -> {
          if (element.equals("Id")) {
            identifiers.addObject().put("id", text);
          } else if (!text.isEmpty() && !TERMS.contains(element)) {
            throw StorageErrors.invalidXmlValue(element, text);
          } else if (!identifiers.isEmpty() && !text.isEmpty()) {
            ObjectNode last = (ObjectNode) identifiers.get(identifiers.size() - 1);
            last.put(element.toLowerCase(Locale.ROOT), text);
          }
        });
    if (identifiers.size() > MOST_POLICIES) {
      throw StorageErrors.invalidXml();
    }
    return identifiers;
  }
}
