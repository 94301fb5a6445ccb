package mlops.emulator.blob.auth;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import mlops.emulator.blob.acl.PathAccess;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobIndex;
import mlops.emulator.blob.store.Containers;
import mlops.emulator.blob.store.HierarchicalNamespace;
import mlops.emulator.http.Request;

/**
 * What the access control lists of a hierarchical account allow those whose roles do not. On the
 * way to a path everybody needs to go through each directory above it.
 */
final class PathAccessCheck {
  private static final int READ = 4;
  private static final int WRITE = 2;
  private static final int THROUGH = 1;

  private final Containers containers;
  private final Function<String, Set<String>> groups;

  /**
   * @param groups those that a principal is in, by object ids in lower case
   */
  PathAccessCheck(Containers containers, Function<String, Set<String>> groups) {
    this.containers = containers;
    this.groups = groups;
  }

  /** Whether a user may do something by the lists alone. */
  boolean allows(String user, StorageRight right, Request request, StorageTarget target) {
    String id = target.account().containerId(target.container());
    return target.account().hierarchical()
        && !target.container().isEmpty()
        && containers.find(id).isPresent()
        && containers
            .open(id)
            .read(
                index -> new Look(index, user, groups.apply(user)).allows(right, request, target));
  }

  /** One look at a container by one user. */
  private record Look(BlobIndex index, String user, Set<String> groups) {

    boolean allows(StorageRight right, Request request, StorageTarget target) {
      String path = HierarchicalNamespace.path(target.blob());
      return switch (right) {
        case READ -> reaches(path) && (request.method().equals("HEAD") || may(path, READ));
        case READ_ACCESS -> reaches(path);
        case LIST -> lists(request);
        case WRITE -> reaches(path) && may(path, WRITE);
        case CREATE, ADD, SNAPSHOT ->
            index.find(path).isPresent() ? reaches(path) && may(path, WRITE) : enters(path);
        case MOVE -> enters(path) && (index.find(path).isEmpty() || takes(path));
        case MOVE_AWAY -> enters(path) && takes(path);
        case DELETE -> deletes(path, "true".equalsIgnoreCase(query(request, "recursive")));
        case WRITE_ACCESS -> reaches(path) && owns(path) && keepsOwner(request, path);
        default -> false;
      };
    }

    private static String query(Request request, String name) {
      return request.queryValue(name).orElse("");
    }

    /** What is not there is not forbidden: whoever looks is told that it is not there. */
    private boolean may(String path, int bits) {
      return access(path).map(a -> a.allows(user, groups, bits)).orElse(true);
    }

    private Optional<PathAccess> access(String path) {
      return path.isEmpty() || index.find(path).isPresent()
          ? Optional.of(HierarchicalNamespace.access(index, path))
          : Optional.empty();
    }

    private boolean reaches(String path) {
      if (path.isEmpty()) {
        return true;
      }
      String parent = parent(path);
      return reaches(parent) && may(parent, THROUGH);
    }

    private static String parent(String path) {
      return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** Whether it may add to, or take from, the nearest directory above that is there. */
    private boolean enters(String path) {
      String parent = parent(path);
      while (access(parent).isEmpty()) {
        parent = parent(parent);
      }
      return reaches(parent) && may(parent, WRITE | THROUGH);
    }

    private boolean takes(String path) {
      PathAccess above = HierarchicalNamespace.access(index, parent(path));
      return !above.sticky() || above.owner().equals(user) || owns(path);
    }

    private boolean owns(String path) {
      return access(path).map(a -> a.owner().equals(user)).orElse(true);
    }

    private boolean deletes(String path, boolean recursive) {
      return enters(path)
          && takes(path)
          && (!recursive || everyDirectory(path, READ | WRITE | THROUGH));
    }

    private boolean lists(Request request) {
      String directory = HierarchicalNamespace.path(query(request, "directory"));
      boolean recursive =
          query(request, "comp").equals("list")
              ? query(request, "delimiter").isEmpty()
              : "true".equalsIgnoreCase(query(request, "recursive"));
      return reaches(directory)
          && may(directory, READ | THROUGH)
          && (!recursive || everyDirectory(directory, READ | THROUGH));
    }

    private boolean everyDirectory(String path, int bits) {
      boolean isFile = index.find(path).filter(b -> !b.isDirectory()).isPresent();
      return isFile
          || (may(path, bits)
              && index.below(path).stream()
                  .filter(Blob::isDirectory)
                  .allMatch(b -> may(b.name(), bits)));
    }

    /** Only a superuser gives a path away. */
    private boolean keepsOwner(Request request, String path) {
      PathAccess now = HierarchicalNamespace.access(index, path);
      String owner = request.header(PathAccess.OWNER);
      String group = request.header(PathAccess.GROUP);
      return (owner == null || owner.equals(now.owner()))
          && (group == null
              || group.equals(now.group())
              || groups.contains(group.toLowerCase(Locale.ROOT)));
    }
  }
}
