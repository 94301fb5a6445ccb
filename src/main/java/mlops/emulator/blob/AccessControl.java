package mlops.emulator.blob;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.http.Response;
import org.jspecify.annotations.Nullable;

/**
 * Owner, group and permissions of files and directories, as POSIX has them. They are kept and
 * shown; who may do what is decided by roles, keys and signatures alone.
 */
final class AccessControl {
  private static final String OWNER = "x-ms-owner";
  private static final String GROUP = "x-ms-group";
  private static final String PERMISSIONS = "x-ms-permissions";
  private static final String ACL = "x-ms-acl";
  private static final int DEFAULT_MASK = 0027;

  /** What a new file or directory has. */
  static Map<String, String> ofNew(Call call, boolean directory) {
    if (!call.account().hierarchical()) {
      return Map.of();
    }
    Map<String, String> attributes = new HashMap<>();
    attributes.put(OWNER, call.grant().owner());
    attributes.put(GROUP, call.grant().owner());
    String asked = call.header(PERMISSIONS);
    int mode = asked == null ? (directory ? 0777 : 0666) : mode(asked);
    String mask = call.header("x-ms-umask");
    int without = mask == null ? DEFAULT_MASK : mode(mask);
    attributes.put(PERMISSIONS, symbolic(mode & ~without));
    return attributes;
  }

  Response get(Call call) {
    boolean root = call.blob().isEmpty();
    Dfs.requireHierarchical(call);
    if (root) {
      ContainerInfo info = ContainerOperations.find(call);
      Response response = Headers.changed(200, info.etag(), info.lastModified());
      return describe(response, true, Map.of(), true);
    }
    Blob blob = call.find();
    call.conditions().checkRead(blob);
    return describe(Headers.changed(200, blob), blob, true);
  }

  Response set(Call call) {
    Dfs.requireHierarchical(call);
    Conditions conditions = call.conditions();
    Map<String, String> asked = new HashMap<>();
    put(asked, OWNER, call.header(OWNER));
    put(asked, GROUP, call.header(GROUP));
    String permissions = call.header(PERMISSIONS);
    put(asked, PERMISSIONS, permissions == null ? null : symbolic(mode(permissions)));
    String acl = call.header(ACL);
    if (acl != null) {
      asked.put(ACL, acl);
      asked.put(PERMISSIONS, permissions(acl));
    }
    Blob changed =
        call.container()
            .change(
                edit -> {
                  Blob blob = edit.before().find(call.blob()).orElseThrow(Errors::blobNotFound);
                  conditions.checkWrite(Optional.of(blob));
                  Map<String, String> attributes = new HashMap<>(blob.attributes());
                  if (permissions != null) {
                    attributes.remove(ACL);
                  }
                  attributes.putAll(asked);
                  Blob kept = blob.withAttributes(attributes).stamped(edit.stamp());
                  edit.make(Change.update(kept));
                  return kept;
                });
    return Headers.changed(200, changed).with("x-ms-namespace-enabled", "true");
  }

  private static void put(Map<String, String> values, String name, @Nullable String value) {
    if (value != null) {
      values.put(name, value);
    }
  }

  static Response describe(Response response, Blob blob, boolean withAcl) {
    return describe(response, blob.isDirectory(), blob.attributes(), withAcl);
  }

  private static Response describe(
      Response response, boolean directory, Map<String, String> attributes, boolean withAcl) {
    String permissions = permissions(directory, attributes);
    response.with(OWNER, attributes.getOrDefault(OWNER, "$superuser"));
    response.with(GROUP, attributes.getOrDefault(GROUP, "$superuser"));
    response.with(PERMISSIONS, permissions);
    if (withAcl) {
      String plain =
          "user::%s,group::%s,other::%s"
              .formatted(
                  permissions.substring(0, 3),
                  permissions.substring(3, 6),
                  permissions.substring(6, 9));
      response.with(ACL, attributes.getOrDefault(ACL, plain));
    }
    return response;
  }

  static String permissions(boolean directory, Map<String, String> attributes) {
    return attributes.getOrDefault(PERMISSIONS, directory ? "rwxr-x---" : "rw-r-----");
  }

  static String owner(Map<String, String> attributes) {
    return attributes.getOrDefault(OWNER, "$superuser");
  }

  static String group(Map<String, String> attributes) {
    return attributes.getOrDefault(GROUP, "$superuser");
  }

  /** The bits of {@code 0750} or {@code rwxr-x---}. */
  private static int mode(String text) {
    if (text.matches("[0-7]{3,4}")) {
      return Integer.parseInt(text, 8);
    }
    if (!text.matches("([r-][w-][xst-]){3}\\+?")) {
      throw Errors.invalidHeader(PERMISSIONS, text);
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
        throw Errors.invalidHeader(ACL, acl);
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
}
