package mlops.emulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Words a failure in the form of the service that was asked. */
final class ErrorBody {
  private static final DateTimeFormatter ENTRA_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  static Response of(Request request, ApiException e, String requestId, Instant now) {
    Response response = body(request, e, requestId, now);
    e.headers().forEach(response::with);
    return response;
  }

  private static Response body(Request request, ApiException e, String requestId, Instant now) {
    String host = request.host();
    if (request.method().equals("HEAD") || e.status() == 304) {
      return Response.empty(e.status()).with("x-ms-error-code", e.code());
    }
    if (host.endsWith(".blob.core.windows.net")) {
      return storageXml(e, requestId, now).with("x-ms-error-code", e.code());
    }
    if (host.equals("login.microsoftonline.com")) {
      return Response.json(e.status(), entra(e, requestId, now));
    }
    if (host.endsWith(".vault.azure.net")) {
      return Response.json(e.status(), keyVault(e));
    }
    if (host.equals("api.github.com")) {
      return Response.json(e.status(), github(e));
    }
    boolean discovery = request.path().startsWith("/registrymanagement/");
    if (host.endsWith(".experiments.azureml.net") || discovery) {
      return Response.json(e.status(), frontEnd(host, e, requestId, now));
    }
    return json(host, e, requestId, now).with("x-ms-error-code", e.code());
  }

  /** As the management front end of Azure Machine Learning answers of registries. */
  private static ObjectNode frontEnd(String host, ApiException e, String requestId, Instant now) {
    ObjectNode body = Json.object();
    ObjectNode error = body.putObject("error").put("code", e.code()).put("message", e.message());
    ArrayNode details = error.putArray("details");
    e.details().forEach((code, text) -> details.addObject().put("code", code).put("message", text));
    String region = host.substring(0, host.indexOf('.')).replaceFirst("^cert-", "");
    ObjectNode correlation =
        Json.object().put("operation", requestId.replace("-", "")).put("request", requestId);
    ArrayNode more = error.putArray("additionalInfo");
    info(more, "ComponentName", TextNode.valueOf("managementfrontend"));
    info(more, "Correlation", correlation);
    info(more, "Environment", TextNode.valueOf(region));
    info(more, "Location", TextNode.valueOf(region));
    info(more, "Time", TextNode.valueOf(now.toString()));
    if (e.code().equals("UserError") && e.status() == 401) {
      info(more, "InnerError", inner("Auth", "Authorization", "UnAuthorizedRegistryAccess"));
    } else if (e.status() == 404) {
      info(more, "InnerError", inner("NotFoundError"));
    }
    return body;
  }

  /** Codes, each inside the one before it. */
  private static JsonNode inner(String... codes) {
    JsonNode inner = NullNode.getInstance();
    for (int i = codes.length - 1; i >= 0; i--) {
      inner = Json.object().put("code", codes[i]).set("innerError", inner);
    }
    return inner;
  }

  private static void info(ArrayNode more, String type, JsonNode value) {
    more.addObject().put("type", type).putObject("info").set("value", value);
  }

  private static Response json(String host, ApiException e, String requestId, Instant now) {
    ObjectNode body = Json.object();
    ObjectNode error = body.putObject("error").put("code", e.code());
    if (host.endsWith(".dfs.core.windows.net")) {
      error.put("message", withIds(e, requestId, now));
      return Response.json(e.status(), body);
    }
    error.put("message", e.message());
    e.details()
        .forEach(
            (code, text) ->
                error.withArray("details").addObject().put("code", code).put("message", text));
    if (host.equals("graph.microsoft.com")) {
      error
          .putObject("innerError")
          .put("date", now.toString())
          .put("request-id", requestId)
          .put("client-request-id", requestId);
    }
    return Response.json(e.status(), body);
  }

  /** Its details are members that hold a code: {@code innererror}. */
  private static ObjectNode keyVault(ApiException e) {
    ObjectNode body = Json.object();
    ObjectNode error = body.putObject("error").put("code", e.code()).put("message", e.message());
    e.details().forEach((member, code) -> error.putObject(member).put("code", code));
    return body;
  }

  /** Its details are the members of the one error in its list. */
  private static ObjectNode github(ApiException e) {
    ObjectNode body = Json.object().put("message", e.message());
    if (!e.details().isEmpty()) {
      e.details().forEach(body.putArray("errors").addObject()::put);
    }
    return body.put("documentation_url", "https://docs.github.com/rest")
        .put("status", String.valueOf(e.status()));
  }

  private static String withIds(ApiException e, String requestId, Instant now) {
    return "%s\nRequestId:%s\nTime:%s".formatted(e.message(), requestId, now);
  }

  private static Response storageXml(ApiException e, String requestId, Instant now) {
    XmlDocument xml = new XmlDocument().open("Error").put("Code", e.code());
    xml.put("Message", withIds(e, requestId, now));
    e.details().forEach(xml::put);
    return xml.answer(e.status());
  }

  private static ObjectNode entra(ApiException e, String requestId, Instant now) {
    ObjectNode body = Json.object();
    String description =
        "%s Trace ID: %s Correlation ID: %s Timestamp: %s"
            .formatted(e.message(), requestId, requestId, ENTRA_TIME.format(now));
    body.put("error", e.code()).put("error_description", description);
    String number = e.details().get("error_codes");
    if (number != null) {
      body.putArray("error_codes").add(Integer.parseInt(number));
      body.put("error_uri", "https://login.microsoftonline.com/error?code=" + number);
    }
    return body.put("timestamp", ENTRA_TIME.format(now))
        .put("trace_id", requestId)
        .put("correlation_id", requestId);
  }

  private ErrorBody() {}
}
