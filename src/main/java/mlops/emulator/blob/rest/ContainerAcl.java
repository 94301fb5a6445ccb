package mlops.emulator.blob.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import mlops.emulator.blob.request.BlobHeaders;
import mlops.emulator.blob.request.Conditions;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.request.StorageXml;
import mlops.emulator.blob.store.ContainerInfo;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.Json;
import mlops.emulator.http.Response;

/** Who may read a container without a key, and its stored access policies. */
public final class ContainerAcl {
  private static final int MOST_POLICIES = 5;

  public Response read(StorageRequest call) {
    ContainerInfo info = ContainerOperations.find(call);
    StorageXml xml = new StorageXml();
    if (info.identifiers().isEmpty()) {
      xml.put("SignedIdentifiers", "");
    } else {
      xml.open("SignedIdentifiers");
      info.identifiers().forEach(identifier -> describe(xml, identifier));
      xml.close("SignedIdentifiers");
    }
    Response response = xml.answer();
    BlobHeaders.changed(200, info.etag(), info.lastModified())
        .headers()
        .forEach(h -> response.with(h.getName(), h.getValue()));
    if (!info.publicAccess().equals("None")) {
      response.with(
          "x-ms-blob-public-access", ContainerOperations.inLowerCase(info.publicAccess()));
    }
    return response;
  }

  private static void describe(StorageXml xml, JsonNode identifier) {
    xml.open("SignedIdentifier").put("Id", identifier.path("id").asText()).open("AccessPolicy");
    for (String term : new String[] {"Start", "Expiry", "Permission"}) {
      String value = identifier.path(term.toLowerCase(Locale.ROOT)).asText();
      if (!value.isEmpty()) {
        xml.put(term, value);
      }
    }
    xml.close("AccessPolicy").close("SignedIdentifier");
  }

  public Response write(StorageRequest call) {
    ArrayNode identifiers = identifiers(call);
    String access =
        ContainerOperations.access(call.header("x-ms-blob-public-access"), call.account());
    Conditions conditions = call.conditions();
    ContainerInfo changed =
        call.store()
            .containers()
            .update(
                call.containerId(),
                info -> {
                  conditions.checkWrite(info.etag(), info.lastModified());
                  return info.withAccess(access, identifiers);
                })
            .orElseThrow(StorageErrors::containerNotFound);
    return BlobHeaders.changed(200, changed.etag(), changed.lastModified());
  }

  private static ArrayNode identifiers(StorageRequest call) {
    ArrayNode identifiers = Json.MAPPER.createArrayNode();
    Long length = call.request().body().getLength();
    if (length != null && length == 0) {
      return identifiers;
    }
    StorageXml.leaves(
        call.request().body(),
        (element, text) -> {
          if (element.equals("Id")) {
            identifiers.addObject().put("id", text);
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
