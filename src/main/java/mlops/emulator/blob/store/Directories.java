package mlops.emulator.blob.store;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rules of a hierarchical namespace: a name is a file or a directory, never both. */
public final class Directories {

  /** A path without the slashes that name nothing: at its ends, and doubled ones. */
  public static String path(String name) {
    if (!name.startsWith("/") && !name.endsWith("/") && !name.contains("//")) {
      return name;
    }
    return Arrays.stream(name.split("/"))
        .filter(segment -> !segment.isEmpty())
        .collect(Collectors.joining("/"));
  }

  /** Makes the directories above a name, in accounts that have directories. */
  public static void makeParents(Accounts.Account account, ContainerEdit edit, String name) {
    if (!account.hierarchical()) {
      return;
    }
    if (name.isEmpty()) {
      throw StorageErrors.blobAlreadyExists(); // the root is always there
    }
    for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
      String parent = name.substring(0, slash);
      Optional<Blob> there = edit.before().find(parent);
      if (there.isEmpty()) {
        edit.put(
            edit.newDirectory(parent, BlobProperties.of(ContentHeaders.ofType(null), Map.of())));
      } else if (!there.get().isDirectory()) {
        throw StorageErrors.resourceTypeMismatch();
      }
    }
    if (edit.before().find(name).filter(Blob::isDirectory).isPresent()) {
      throw StorageErrors.resourceTypeMismatch();
    }
  }

  /**
   * Makes a directory; one that is there gets the properties.
   *
   * @param properties with owner, group and permissions among the attributes
   */
  public static Blob make(
      Accounts.Account account, ContainerEdit edit, String name, BlobProperties properties) {
    Optional<Blob> there = edit.before().find(name);
    if (there.isPresent() && !there.get().isDirectory()) {
      throw StorageErrors.resourceTypeMismatch();
    }
    if (there.isEmpty()) {
      makeParents(account, edit, name);
    }
    return edit.put(edit.newDirectory(name, properties));
  }

  private Directories() {}
}
