package mlops.emulator.ml.asset;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import mlops.emulator.http.ApiException;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;

/**
 * A kind of versioned asset of a workspace.
 *
 * @param collection as in its URL, such as {@code models}
 * @param fixed the properties of a version that never change
 * @param uploads whether a client may ask where to upload a version to
 */
public record AssetType(String collection, List<String> fixed, boolean uploads) {
  public static final AssetType CODES = new AssetType("codes", List.of("codeUri"), true);
  public static final AssetType COMPONENTS =
      new AssetType("components", List.of("componentSpec"), false);
  public static final AssetType DATA = new AssetType("data", List.of("dataType", "dataUri"), true);
  public static final AssetType ENVIRONMENTS =
      new AssetType("environments", List.of("image", "condaFile", "build", "osType"), false);
  public static final AssetType MODELS = new AssetType("models", List.of("modelUri"), true);
  public static final List<AssetType> ALL = List.of(CODES, COMPONENTS, DATA, ENVIRONMENTS, MODELS);

  /**
   * Parts of a component's specification that may change: they do not change what it does, or are
   * those of its id.
   */
  private static final List<String> WORDS =
      List.of(
          "name",
          "version",
          "description",
          "display_name",
          "tags",
          "$schema",
          "_source",
          "is_deterministic",
          "creation_context",
          "id");

  String path() {
    return MlPaths.WORKSPACE + "/" + collection;
  }

  String type() {
    return MlPaths.TYPE + "/" + collection;
  }

  /** The RBAC action on containers ({@code read}) or versions ({@code versions/read}). */
  public String action(String what) {
    return MlPaths.ACTION + collection + "/" + what;
  }

  /** The failure to find the version of an id. */
  ApiException notFound(String id) {
    String container = id.substring(0, id.lastIndexOf("/versions/"));
    return notFound(MlPaths.name(container), MlPaths.name(id));
  }

  /** The failure to find a version, or with an empty version the container, in Azure's words. */
  ApiException notFound(String name, String version) {
    return switch (collection) {
      case "environments" ->
          CuratedAssets.isReserved(name)
              ? CuratedAssets.notBuilt("Microsoft's curated environment", name)
              : MlErrors.userError(
                  404,
                  "No environment exists for name: %s, version: %s, label: "
                      .formatted(name, version));
      case "components" ->
          MlErrors.userError(
              404,
              version.isEmpty()
                  ? "Not found component %s.".formatted(name)
                  : "Not found component %s (version: %s).".formatted(name, version));
      case "models" ->
          MlErrors.userError(404, "The specified resource was not found.")
              .withDetail(
                  "ModelNotFound",
                  version.isEmpty()
                      ? "Model container with name: %s not found.".formatted(name)
                      : "Model with name: %s and version: %s not found.".formatted(name, version));
      default ->
          MlErrors.userError(
              404,
              "Could not find asset with ID: %s/%s%s"
                  .formatted(collection, name, version.isEmpty() ? "" : "/versions/" + version));
    };
  }

  /**
   * Checks that a PUT of a version that exists changes only what may change.
   *
   * @throws ApiException naming the field: 400, of environments 409, after which azure-ai-ml makes
   *     the next version where the file of the environment names none
   */
  void checkUnchanged(String name, JsonNode old, JsonNode wanted) {
    changed(old, wanted)
        .ifPresent(
            field -> {
              int status = collection.equals("environments") ? 409 : 400;
              throw MlErrors.userError(status, words(name, field));
            });
  }

  /** The first field that never changes and that a PUT would change. */
  public Optional<String> changed(JsonNode old, JsonNode wanted) {
    for (String field : fixed) {
      JsonNode before = old.path(field);
      JsonNode after = wanted.path(field);
      if (field.equals("componentSpec")) {
        return changedSpec(before, after);
      }
      if (!before.equals(after)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  private String words(String name, String field) {
    return field.endsWith("Uri")
        ? "Asset paths cannot be updated."
        : "Failed to update %s %s since field \"%s\" is immutable, try specifying a new version."
            .formatted(singular(), name, field);
  }

  private static Optional<String> changedSpec(JsonNode before, JsonNode after) {
    TreeSet<String> fields = new TreeSet<>();
    before.fieldNames().forEachRemaining(fields::add);
    after.fieldNames().forEachRemaining(fields::add);
    return fields.stream()
        .filter(field -> !WORDS.contains(field))
        .filter(field -> !before.path(field).equals(after.path(field)))
        .findFirst();
  }

  /** One of them: {@code model}. */
  public String singular() {
    return collection.equals("data") ? "data" : collection.substring(0, collection.length() - 1);
  }
}
