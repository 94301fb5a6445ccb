package mlops.emulator.blob.acl;

import java.util.Locale;

/**
 * An entry of an access control list, such as {@code default:user:5f3c…:r-x}.
 *
 * @param isDefault whether it is what new children get
 * @param name the object id of a user or a group; empty for the owning ones, mask and other
 * @param bits 4 to read, 2 to write, 1 to go through
 */
record AclEntry(boolean isDefault, Who who, String name, int bits) {

  /** Whom an entry is about, in the order in which lists have them. */
  enum Who {
    USER,
    GROUP,
    MASK,
    OTHER
  }

  /** Whether both are about the same. */
  boolean isAbout(AclEntry other) {
    return isDefault == other.isDefault && who == other.who && name.equals(other.name);
  }

  boolean isNamed() {
    return !name.isEmpty();
  }

  AclEntry with(int newBits) {
    return new AclEntry(isDefault, who, name, newBits);
  }

  AclEntry inScope(boolean ofDefault) {
    return new AclEntry(ofDefault, who, name, bits);
  }

  String text() {
    return "%s%s:%s:%s"
        .formatted(
            isDefault ? "default:" : "", who.name().toLowerCase(Locale.ROOT), name, Rwx.text(bits));
  }
}
