package mlops.emulator.blob;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import mlops.emulator.http.Json;
import mlops.emulator.http.Response;

/** Who may read a container without a key, and its stored access policies. */
final class ContainerAcl {
  private static final int MOST_POLICIES = 5;

  Response read(Call call) {
    ContainerInfo info = ContainerOperations.find(call);
    Xml xml = new Xml();
    if (info.identifiers().isEmpty()) {
      xml.put("SignedIdentifiers", "");
    } else {
      xml.open("SignedIdentifiers");
      info.identifiers().forEach(identifier -> describe(xml, identifier));
      xml.close("SignedIdentifiers");
    }
    Response response = xml.answer();
    Headers.changed(200, info.etag(), info.lastModified())
        .headers()
        .forEach(h -> response.with(h.getName(), h.getValue()));
    if (!info.publicAccess().equals("None")) {
      response.with(
          "x-ms-blob-public-access", ContainerOperations.inLowerCase(info.publicAccess()));
    }
    return response;
  }

  private static void describe(Xml xml, JsonNode identifier) {
    xml.open("SignedIdentifier").put("Id", identifier.path("id").asText()).open("AccessPolicy");
    for (String term : new String[] {"Start", "Expiry", "Permission"}) {
      String value = identifier.path(term.toLowerCase(Locale.ROOT)).asText();
      if (!value.isEmpty()) {
        xml.put(term, value);
      }
    }
    xml.close("AccessPolicy").close("SignedIdentifier");
  }

  Response write(Call call) {
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
            .orElseThrow(Errors::containerNotFound);
    return Headers.changed(200, changed.etag(), changed.lastModified());
  }

  private static ArrayNode identifiers(Call call) {
    ArrayNode identifiers = Json.MAPPER.createArrayNode();
    Long length = call.request().body().getLength();
    if (length != null && length == 0) {
      return identifiers;
    }
    Xml.leaves(
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
      throw Errors.invalidXml();
    }
    return identifiers;
  }
}
