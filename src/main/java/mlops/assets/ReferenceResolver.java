package mlops.assets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import mlops.assets.content.CanonicalHash;
import mlops.assets.content.Digest;
import mlops.assets.content.Snapshot;
import mlops.assets.content.Upload;
import mlops.assets.field.ResourceDraft;
import mlops.assets.field.UnresolvedReference;
import mlops.assets.field.UploadFields;

/** Puts what the workspace knows in the place of the references of a draft. */
final class ReferenceResolver {
  private final WorkspaceLookup workspace;
  private final Map<String, Upload> uploads = new LinkedHashMap<>();
  private final Map<String, Resource> made = new LinkedHashMap<>();
  private final Map<Snapshot, String> paths = new LinkedHashMap<>();
  private final Map<Snapshot, String> codes = new LinkedHashMap<>();
  private final IdentityHashMap<ResourceDraft, String> ids = new IdentityHashMap<>();
  private final Map<UnresolvedReference.Label, String> labels = new LinkedHashMap<>();

  private ReferenceResolver(WorkspaceLookup workspace) {
    this.workspace = workspace;
  }

  static AssetRequests translate(ResourceDraft draft, WorkspaceLookup workspace) {
    ReferenceResolver resolver = new ReferenceResolver(workspace);
    Resource resource = resolver.resource(draft);
    return new AssetRequests(
        new ArrayList<>(resolver.uploads.values()),
        new ArrayList<>(resolver.made.values()),
        resource);
  }

  private Resource resource(ResourceDraft draft) {
    ObjectNode body = (ObjectNode) resolve(draft.body());
    String name = draft.name();
    Optional<String> version = draft.version();
    if (draft.naming() != ResourceDraft.Naming.GIVEN) {
      String guid = Digest.guid(CanonicalHash.hash(draft.collection() + draft.name(), body));
      boolean named = draft.naming() == ResourceDraft.Naming.NAME_BY_CONTENT;
      name = named ? guid : name;
      version = named ? version : Optional.of(guid);
    }
    return new Resource(draft.collection(), name, version, body);
  }

  private JsonNode resolve(JsonNode json) {
    if (json instanceof ObjectNode object) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      object.properties().forEach(field -> copy.set(field.getKey(), resolve(field.getValue())));
      return copy;
    }
    if (json instanceof ArrayNode array) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      array.forEach(item -> copy.add(resolve(item)));
      return copy;
    }
    return json instanceof POJONode pojo && pojo.getPojo() instanceof UnresolvedReference reference
        ? TextNode.valueOf(text(reference))
        : json;
  }

  private String text(UnresolvedReference reference) {
    if (reference instanceof UnresolvedReference.Prefixed prefixed) {
      String text = text(prefixed.reference());
      return text.startsWith("azureml:") ? text : "azureml:" + text;
    }
    if (reference instanceof UnresolvedReference.Uploaded uploaded) {
      return uploaded(uploaded);
    }
    return reference instanceof UnresolvedReference.Location ? workspace.location() : id(reference);
  }

  private String id(UnresolvedReference reference) {
    if (reference instanceof UnresolvedReference.Named named) {
      return below(named.collection() + "/" + named.name());
    }
    if (reference instanceof UnresolvedReference.Subnet subnet) {
      return subnet(subnet);
    }
    if (reference instanceof UnresolvedReference.Version asset) {
      return version(asset.collection(), asset.name(), asset.version());
    }
    if (reference instanceof UnresolvedReference.Label label) {
      String version =
          labels.computeIfAbsent(
              label, l -> workspace.version(l.collection(), l.name(), l.label()));
      return version(label.collection(), label.name(), version);
    }
    if (reference instanceof UnresolvedReference.Code code) {
      return codes.computeIfAbsent(code.snapshot(), snapshot -> add(code(snapshot)));
    }
    ResourceDraft draft = ((UnresolvedReference.Made) reference).draft();
    return ids.computeIfAbsent(draft, d -> add(numbered(resource(d))));
  }

  private Resource numbered(Resource asset) {
    return asset.version().isPresent()
        ? asset
        : asset.withVersion(workspace.versionOf(asset.collection(), asset.name(), asset.body()));
  }

  private String add(Resource resource) {
    made.putIfAbsent(resource.path(), resource);
    return below(resource.path());
  }

  private Resource code(Snapshot snapshot) {
    String hash = snapshot.sha256();
    String path = upload(snapshot, UploadFields.BLOB_STORE);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode properties = body.putObject("properties");
    properties
        .putObject("properties")
        .put("hash_sha256", hash)
        .put("hash_version", Snapshot.HASH_VERSION);
    properties.put("isAnonymous", true).put("isArchived", false);
    properties.put("codeUri", workspace.container(UploadFields.BLOB_STORE) + "/" + path);
    return new Resource("codes", Digest.guid(path + hash), Optional.of("1"), body);
  }

  private String uploaded(UnresolvedReference.Uploaded files) {
    String path = upload(files.snapshot(), files.datastore());
    String below = "datastores/%s/paths/%s".formatted(files.datastore(), path);
    return switch (files.form()) {
      case SHORT -> "azureml://" + below;
      case FOLDER -> "azureml://" + below + "/";
      case LONG -> "azureml://" + longName() + "/" + below;
      case URL -> "%s/%s/".formatted(workspace.container(files.datastore()), path);
    };
  }

  /** {@code subscriptions/S/resourcegroups/G/workspaces/W}, as model URIs have it. */
  private String longName() {
    String[] id = workspace.workspaceId().split("/");
    return "subscriptions/%s/resourcegroups/%s/workspaces/%s".formatted(id[2], id[4], id[8]);
  }

  private String subnet(UnresolvedReference.Subnet subnet) {
    String id = workspace.workspaceId();
    return "%s/providers/Microsoft.Network/virtualNetworks/%s/subnets/%s"
        .formatted(id.substring(0, id.indexOf("/providers/")), subnet.network(), subnet.name());
  }

  private String upload(Snapshot snapshot, String datastore) {
    String path = paths.computeIfAbsent(snapshot, Snapshot::uploadPath);
    uploads.putIfAbsent(datastore + ":" + path, new Upload(datastore, path, snapshot));
    return path;
  }

  private String version(String collection, String name, String version) {
    return below("%s/%s/versions/%s".formatted(collection, name, version));
  }

  private String below(String path) {
    return workspace.workspaceId() + "/" + path;
  }
}
