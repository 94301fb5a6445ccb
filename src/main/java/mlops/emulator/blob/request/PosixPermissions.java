package mlops.emulator.blob.request;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.Response;
import org.jspecify.annotations.Nullable;

/**
 * Owner, group and permissions of files and directories, as POSIX has them. They are kept and
 * shown; who may do what is decided by roles, keys and signatures alone.
 */
public final class PosixPermissions {
  private static final String OWNER = "x-ms-owner";
  private static final String GROUP = "x-ms-group";
  private static final String PERMISSIONS = "x-ms-permissions";
  private static final String ACL = "x-ms-acl";
  private static final String SUPERUSER = "$superuser";
  private static final int DEFAULT_MASK = 0027;

  private static final String UMASK = "x-ms-umask";

  /** The headers that set them. */
  public static final Parameters HEADERS = Parameters.of(OWNER, GROUP, PERMISSIONS, ACL);

  /**
   * What a new file or directory has.
   *
   * @throws ApiException 400 UnsupportedHeader where an account without directories is told
   */
  public static Map<String, String> ofNew(StorageRequest request, boolean directory) {
    if (!request.account().hierarchical()) {
      for (String header : HEADERS.and(UMASK).names()) {
        if (request.header(header) != null) {
          throw StorageErrors.unsupportedHeader(header);
        }
      }
      return Map.of();
    }
    Map<String, String> attributes = new HashMap<>();
    attributes.put(OWNER, request.authorization().owner());
    attributes.put(GROUP, request.authorization().owner());
    String asked = request.header(PERMISSIONS);
    int mode = asked == null ? (directory ? 0777 : 0666) : mode(asked);
    String mask = request.header(UMASK);
    int without = mask == null ? DEFAULT_MASK : mode(mask);
    attributes.put(PERMISSIONS, symbolic(mode & ~without));
    return named(request, attributes);
  }

  /** The attributes of a file or directory after a request that sets some of them. */
  public static Map<String, String> changed(
      StorageRequest request, Map<String, String> attributes) {
    Map<String, String> changed = new HashMap<>(attributes);
    String permissions = request.header(PERMISSIONS);
    if (permissions != null) {
      changed.put(PERMISSIONS, symbolic(mode(permissions)));
      changed.remove(ACL);
    }
    return named(request, changed);
  }

  /** Sets those who are named, and what they may do. */
  private static Map<String, String> named(StorageRequest request, Map<String, String> changed) {
    put(changed, OWNER, request.header(OWNER));
    put(changed, GROUP, request.header(GROUP));
    String acl = request.header(ACL);
    if (acl != null) {
      changed.put(ACL, acl);
      changed.put(PERMISSIONS, permissions(acl));
    }
    return changed;
  }

  private static void put(Map<String, String> values, String name, @Nullable String value) {
    if (value != null) {
      values.put(name, value);
    }
  }

  /** Shows owner, group and permissions, and with {@code withAcl} the access control list. */
  public static Response describe(Response response, Blob blob, boolean withAcl) {
    return describe(response, blob.isDirectory(), blob.attributes(), withAcl);
  }

  /** The same for what is no blob, such as the root of a container. */
  public static Response describe(
      Response response, boolean directory, Map<String, String> attributes, boolean withAcl) {
    String permissions = permissions(directory, attributes);
    response.with(OWNER, owner(attributes));
    response.with(GROUP, group(attributes));
    response.with(PERMISSIONS, permissions);
    return withAcl ? response.with(ACL, acl(directory, attributes)) : response;
  }

  /** The access control list, such as {@code user::rwx,group::r-x,other::---}. */
  public static String acl(boolean directory, Map<String, String> attributes) {
    String permissions = permissions(directory, attributes);
    String plain =
        "user::%s,group::%s,other::%s"
            .formatted(
                permissions.substring(0, 3),
                permissions.substring(3, 6),
                permissions.substring(6, 9));
    return attributes.getOrDefault(ACL, plain);
  }

  /** Such as {@code rwxr-x---}. */
  public static String permissions(boolean directory, Map<String, String> attributes) {
    return attributes.getOrDefault(PERMISSIONS, directory ? "rwxr-x---" : "rw-r-----");
  }

  public static String owner(Map<String, String> attributes) {
    return attributes.getOrDefault(OWNER, SUPERUSER);
  }

  public static String group(Map<String, String> attributes) {
    return attributes.getOrDefault(GROUP, SUPERUSER);
  }

  /** The bits of {@code 0750} or {@code rwxr-x---}. */
  private static int mode(String text) {
    if (text.matches("[0-7]{3,4}")) {
      return Integer.parseInt(text, 8);
    }
    if (!text.matches("([r-][w-][xst-]){3}\\+?")) {
      throw StorageErrors.invalidHeader(PERMISSIONS, text);
    }
    int mode = 0;
    for (int i = 0; i < 9; i++) {
      mode = mode << 1 | (text.charAt(i) == '-' ? 0 : 1);
    }
    return mode;
  }

  private static String symbolic(int mode) {
    StringBuilder text = new StringBuilder();
    for (int i = 8; i >= 0; i--) {
      text.append((mode >> i & 1) == 0 ? '-' : "xwr".charAt(i % 3));
    }
    return text.toString();
  }

  /** The permissions of owner, group and others in an access control list. */
  private static String permissions(String acl) {
    List<String> found = new ArrayList<>(List.of("---", "---", "---"));
    boolean named = false;
    for (String entry : acl.split(",")) {
      String[] parts = entry.strip().split(":", -1);
      if (parts.length < 3 || !parts[parts.length - 1].matches("[r-][w-][x-]")) {
        throw StorageErrors.invalidHeader(ACL, acl);
      }
      int who = List.of("user", "group", "other").indexOf(parts[0]);
      if (who >= 0 && parts[1].isEmpty()) {
        found.set(who, parts[2]);
      } else {
        named = true;
      }
    }
    return String.join("", found) + (named ? "+" : "");
  }

  private PosixPermissions() {}
}
