package mlops.emulator.ml.asset;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import mlops.emulator.http.Caller;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlRequestBody;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.Pages;
import mlops.emulator.ml.resource.ResourceNames;

/** The versions of assets: made once, found again by number or as the newest. */
public final class AssetVersions {
  /** The version under which clients ask for a component whose version nobody named. */
  static final String DEFAULT = "azureml_default";

  /** What clients call each component of a deployment's file. */
  private static final String ANONYMOUS = "/components/azureml_anonymous/versions/1";

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  private final MlResources resources;
  private final AssetDocument document;

  AssetVersions(MlResources resources, AssetDocument document) {
    this.resources = resources;
    this.document = document;
  }

  Response createOrUpdate(AssetType type, Request request) {
    ObjectNode asked = MlRequestBody.properties(request);
    return resources
        .state()
        .exclusively(
            () -> {
              resources.workspace(request);
              ResourceNames.check(request.parameter("name"));
              CuratedAssets.requireOwnName(type, request.parameter("name"));
              ResourceNames.checkVersion(request.parameter("version"));
              String id = known(request.id(), asked);
              Optional<ObjectNode> old = resources.read(id);
              ObjectNode version = put(type, id, request.caller(), asked);
              Response response = Response.json(old.isPresent() ? 200 : 201, version);
              return old.isPresent() ? response : response.with("Location", url(request));
            });
  }

  /**
   * The id of a version. A component without a name is known by its content: clients send all under
   * one, ask before whether that is there, and go on with the id that they are answered.
   */
  private static String known(String id, JsonNode asked) {
    return id.endsWith(ANONYMOUS)
        ? id.substring(0, id.length() - 1)
            + UUID.nameUUIDFromBytes(asked.toString().getBytes(UTF_8))
        : id;
  }

  /** Keeps a version, and its container where it is the first. */
  ObjectNode put(AssetType type, String id, Caller caller, ObjectNode asked) {
    Optional<ObjectNode> old = resources.read(id);
    ObjectNode properties = document.of(type, id, asked, old.isEmpty());
    String container = id.substring(0, id.lastIndexOf("/versions/"));
    old.ifPresent(
        o -> type.checkUnchanged(MlPaths.name(container), o.path("properties"), properties));
    if (resources.read(container).isEmpty()) {
      resources.put(container, type.type(), caller, Assets.container(properties));
    }
    ObjectNode content = Json.object().set("properties", properties);
    return resources.put(id, type.type() + "/versions", caller, content);
  }

  /** One version; {@code azureml_default} is the newest. */
  Response get(AssetType type, Request request) {
    resources.workspace(request);
    String id = request.id();
    String container = id.substring(0, id.lastIndexOf("/versions/"));
    Optional<ObjectNode> version =
        request.parameter("version").equalsIgnoreCase(DEFAULT)
            ? newestFirst(container).stream().findFirst()
            : resources.read(id).or(() -> CuratedEnvironments.find(type, id));
    return Response.json(200, version.orElseThrow(() -> type.notFound(id)));
  }

  Response list(AssetType type, Request request) {
    resources.workspace(request);
    String path = request.id();
    String container = path.substring(0, path.lastIndexOf('/'));
    Optional<ObjectNode> curated = CuratedEnvironments.find(type, container);
    if (curated.isPresent()) {
      return Pages.of(request, List.of(curated.get()));
    }
    if (resources.read(container).isEmpty()) {
      throw type.notFound(request.parameter("name"), "");
    }
    List<ObjectNode> versions =
        newestFirst(container).stream()
            .filter(v -> Pages.shows(request, v))
            .filter(v -> wanted(request, v.path("properties")))
            .toList();
    return Pages.of(request, Pages.oldestFirst(request) ? reversed(versions) : versions);
  }

  private static List<ObjectNode> reversed(List<ObjectNode> versions) {
    List<ObjectNode> reversed = new ArrayList<>(versions);
    Collections.reverse(reversed);
    return reversed;
  }

  /** The filters of the list: by hash for codes, by tags ({@code key=value} or {@code key}). */
  public static boolean wanted(Request request, JsonNode properties) {
    JsonNode bag = properties.path("properties");
    return same(request, "hash", bag.path("hash_sha256"))
        && same(request, "hashVersion", bag.path("hash_version"))
        && same(request, "description", properties.path("description"))
        && hasTags(request.queryValue("tags").or(() -> request.queryValue("$tags")), properties)
        && hasAll(request.queryValue("properties"), bag);
  }

  private static boolean same(Request request, String parameter, JsonNode actual) {
    return request.queryValue(parameter).map(v -> v.equals(actual.asText())).orElse(true);
  }

  private static boolean hasTags(Optional<String> filter, JsonNode properties) {
    return hasAll(filter, properties.path("tags"));
  }

  private static boolean hasAll(Optional<String> filter, JsonNode actual) {
    for (String pair : filter.orElse("").split(",")) {
      String[] parts = pair.split("=", 2);
      if (!pair.isEmpty()
          && (!actual.has(parts[0])
              || (parts.length > 1 && !actual.path(parts[0]).asText().equals(parts[1])))) {
        return false;
      }
    }
    return true;
  }

  /** All versions in a container, the one that was made last first. */
  public List<ObjectNode> newestFirst(String container) {
    Comparator<ObjectNode> age = Comparator.comparing(v -> v.at("/systemData/createdAt").asText());
    return resources.state().list(container + "/versions").stream()
        .sorted(age.thenComparing(AssetVersions::number).reversed())
        .toList();
  }

  /** A container with the versions that it tells of: the newest, and the next number. */
  public ObjectNode withVersions(ObjectNode container) {
    ObjectNode properties = container.withObject("properties");
    List<ObjectNode> all = newestFirst(container.path("id").asText());
    if (!all.isEmpty()) {
      properties.put("latestVersion", all.get(0).path("name").asText());
    }
    properties.put("nextVersion", next(all));
    return container;
  }

  /** The number after the highest version that is a number. */
  static String next(List<ObjectNode> versions) {
    return String.valueOf(versions.stream().mapToLong(AssetVersions::number).max().orElse(0) + 1);
  }

  private static long number(ObjectNode version) {
    String name = version.path("name").asText();
    return NUMBER.matcher(name).matches() ? Long.parseLong(name) : 0;
  }

  private static String url(Request request) {
    Map<String, String> query = request.query();
    return "https://%s%s?api-version=%s"
        .formatted(request.host(), request.path(), query.getOrDefault("api-version", ""));
  }
}
