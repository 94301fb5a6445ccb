package mlops.assets;

import java.util.ArrayList;
import java.util.List;
import mlops.assets.content.CanonicalHash;
import mlops.assets.content.Upload;

/**
 * What a file asks of a workspace.
 *
 * @param uploads to do first
 * @param dependencies anonymous code, environments and components, each after what it needs; their
 *     names come from their content, so one that exists needs no second look
 * @param resource what the file itself describes
 */
public record AssetRequests(List<Upload> uploads, List<Resource> dependencies, Resource resource) {
  public AssetRequests {
    uploads = List.copyOf(uploads);
    dependencies = List.copyOf(dependencies);
  }

  /** All to create, in order. */
  public List<Resource> resources() {
    List<Resource> all = new ArrayList<>(dependencies);
    all.add(resource);
    return all;
  }

  /** 64 hexadecimal digits that differ when anything that would be created differs. */
  public String hash() {
    return CanonicalHash.hash(resource.path(), resource.body());
  }
}
