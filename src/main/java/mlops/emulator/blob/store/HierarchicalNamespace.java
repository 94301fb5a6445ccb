package mlops.emulator.blob.store;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import mlops.emulator.blob.acl.NewAccess;
import mlops.emulator.blob.acl.PathAccess;

/** The rules of a hierarchical namespace: a name is a file or a directory, never both. */
public final class HierarchicalNamespace {

  /** A path without the slashes that name nothing: at its ends, and doubled ones. */
  public static String path(String name) {
    if (!name.startsWith("/") && !name.endsWith("/") && !name.contains("//")) {
      return name;
    }
    return Arrays.stream(name.split("/"))
        .filter(segment -> !segment.isEmpty())
        .collect(Collectors.joining("/"));
  }

  /** Who may do what with a path that is there; the root has an empty name. */
  public static PathAccess access(BlobIndex index, String name) {
    Optional<Blob> blob = index.find(name);
    Map<String, String> attributes = blob.map(Blob::attributes).orElse(index.root());
    return PathAccess.of(attributes, blob.map(Blob::isDirectory).orElse(true));
  }

  /**
   * A blob that is about to be put, in its place: in accounts that have directories, those above it
   * are made where they are missing, and it gets what they hand down.
   *
   * @param asked who makes it
   */
  public static Blob placed(
      BlobAccounts.Account account, ContainerEdit edit, Blob blob, NewAccess asked) {
    if (!account.hierarchical()) {
      return blob;
    }
    if (blob.name().isEmpty()) {
      throw StorageErrors.blobAlreadyExists(); // the root is always there
    }
    PathAccess parent = makeParents(edit, blob.name(), asked.owner());
    Optional<Blob> there = edit.before().find(blob.name());
    if (there.isPresent() && there.get().isDirectory() != blob.isDirectory()) {
      throw StorageErrors.resourceTypeMismatch();
    }
    PathAccess access = parent.child(asked, blob.isDirectory());
    return blob.withAttributes(access.in(blob.attributes()));
  }

  /** Makes the directories above a name; the access of the last of them is that of the parent. */
  private static PathAccess makeParents(ContainerEdit edit, String name, String owner) {
    PathAccess access = access(edit.before(), "");
    for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
      String parent = name.substring(0, slash);
      Optional<Blob> there = edit.before().find(parent);
      if (there.isEmpty()) {
        access = access.child(NewAccess.by(owner), true);
        BlobProperties plain = BlobProperties.of(ContentHeaders.ofType(null), Map.of());
        edit.put(edit.newDirectory(parent, plain).withAttributes(access.in(Map.of())));
      } else if (there.get().isDirectory()) {
        access = access(edit.before(), parent);
      } else {
        throw StorageErrors.resourceTypeMismatch();
      }
    }
    return access;
  }

  /** Makes a directory; one that is there gets the properties, and is as new. */
  public static Blob make(
      BlobAccounts.Account account,
      ContainerEdit edit,
      String name,
      BlobProperties properties,
      NewAccess asked) {
    return edit.put(placed(account, edit, edit.newDirectory(name, properties), asked));
  }

  private HierarchicalNamespace() {}
}
