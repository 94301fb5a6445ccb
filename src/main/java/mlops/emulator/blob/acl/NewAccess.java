package mlops.emulator.blob.acl;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What whoever makes a path asks for it.
 *
 * @param owner an object id, or {@code $superuser}
 * @param group null where it is that of the directory above
 * @param mode the permissions, where they are said
 * @param umask what is taken from them where the directory above says nothing of its children
 * @param list the whole list, where it is said
 */
public record NewAccess(
    String owner, @Nullable String group, OptionalInt mode, int umask, @Nullable AccessList list) {
  public static final int DEFAULT_UMASK = 0027;

  /** Nothing but who makes it. */
  public static NewAccess by(String owner) {
    return new NewAccess(owner, null, OptionalInt.empty(), DEFAULT_UMASK, null);
  }

  int modeOf(boolean directory) {
    return mode.orElse(directory ? 0777 : 0666);
  }
}
