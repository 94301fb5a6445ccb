package mlops.emulator.blob.acl;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import mlops.emulator.blob.acl.AclEntry.Who;

/**
 * Who owns a file or a directory, and who may do what with it. It is kept among the attributes of a
 * blob, by the names of the headers that show it.
 *
 * @param group the owning group
 * @param sticky whether only their owners may take children out of this directory
 */
public record PathAccess(String owner, String group, AccessList list, boolean sticky) {
  public static final String OWNER = "x-ms-owner";
  public static final String GROUP = "x-ms-group";
  public static final String PERMISSIONS = "x-ms-permissions";
  public static final String ACL = "x-ms-acl";
  public static final String SUPERUSER = "$superuser";

  /** That of a path with these attributes. */
  public static PathAccess of(Map<String, String> attributes, boolean directory) {
    String plain = directory ? "rwxr-x---" : "rw-r-----";
    int mode = Rwx.mode(attributes.getOrDefault(PERMISSIONS, plain)).orElse(0);
    AccessList list =
        AccessList.parse(attributes.getOrDefault(ACL, ""), false).orElse(AccessList.of(mode));
    return new PathAccess(
        attributes.getOrDefault(OWNER, SUPERUSER),
        attributes.getOrDefault(GROUP, SUPERUSER),
        list,
        (mode & Rwx.STICKY) != 0);
  }

  /** These attributes with what is said here. */
  public Map<String, String> in(Map<String, String> attributes) {
    Map<String, String> all = new HashMap<>(attributes);
    all.put(OWNER, owner);
    all.put(GROUP, group);
    all.put(PERMISSIONS, permissions());
    all.remove(ACL);
    if (list.isExtended()) {
      all.put(ACL, list.text());
    }
    return all;
  }

  /** Such as {@code rwxr-x---}, with a plus sign where the list says more. */
  public String permissions() {
    int group = list.bits(Who.MASK, list.bits(Who.GROUP, 0));
    String text =
        Rwx.text(list.bits(Who.USER, 0)) + Rwx.text(group) + Rwx.text(list.bits(Who.OTHER, 0));
    if (sticky) {
      text = text.substring(0, 8) + (text.charAt(8) == 'x' ? 't' : 'T');
    }
    return text + (list.isExtended() ? "+" : "");
  }

  public PathAccess ownedBy(String newOwner, String newGroup) {
    return new PathAccess(newOwner, newGroup, list, sticky);
  }

  public PathAccess with(AccessList newList) {
    return new PathAccess(owner, group, newList.completed(), sticky);
  }

  /** With other permissions: those of the group are the mask's, where there is one. */
  public PathAccess with(int mode) {
    return new PathAccess(owner, group, limited(list, mode, false), (mode & Rwx.STICKY) != 0);
  }

  private static AccessList limited(AccessList list, int mode, boolean both) {
    Who middle = list.find(false, Who.MASK).isPresent() ? Who.MASK : Who.GROUP;
    Map<Who, Integer> limits =
        Map.of(Who.USER, mode >> 6 & 7, middle, mode >> 3 & 7, Who.OTHER, mode & 7);
    List<AclEntry> entries =
        list.entries().stream()
            .map(
                e -> {
                  Integer limit = e.isDefault() || e.isNamed() ? null : limits.get(e.who());
                  return limit == null ? e : e.with(both ? e.bits() & limit : limit);
                })
            .toList();
    return new AccessList(entries);
  }

  /** That of a path which is made in this directory. */
  public PathAccess child(NewAccess asked, boolean directory) {
    String newGroup = asked.group() == null ? group : asked.group();
    AccessList wanted = asked.list();
    return new PathAccess(
        asked.owner(),
        newGroup,
        wanted == null ? inherited(asked, directory) : wanted.completed(),
        (asked.modeOf(directory) & Rwx.STICKY) != 0);
  }

  private AccessList inherited(NewAccess asked, boolean directory) {
    int mode = asked.modeOf(directory);
    List<AclEntry> defaults = list.in(true);
    if (defaults.isEmpty()) {
      return AccessList.of(mode & ~asked.umask());
    }
    List<AclEntry> own = defaults.stream().map(e -> e.inScope(false)).collect(Collectors.toList());
    if (directory) {
      own.addAll(defaults);
    }
    return limited(new AccessList(own), mode, true);
  }

  /**
   * Whether somebody may do something with the path, by the algorithm that Azure documents.
   *
   * @param groups those that the user is in, in lower case
   * @param wanted bits, all of which are needed
   */
  public boolean allows(String user, Set<String> groups, int wanted) {
    if (user.equals(owner)) {
      return (wanted & list.bits(Who.USER, 0)) == wanted;
    }
    int mask = list.bits(Who.MASK, 7);
    List<AclEntry> named = list.in(false).stream().filter(AclEntry::isNamed).toList();
    for (AclEntry entry : named) {
      if (entry.who() == Who.USER && entry.name().equalsIgnoreCase(user)) {
        return (wanted & entry.bits() & mask) == wanted;
      }
    }
    List<Integer> ofGroups =
        list.in(false).stream()
            .filter(e -> e.who() == Who.GROUP)
            .filter(e -> groups.contains((e.isNamed() ? e.name() : group).toLowerCase(Locale.ROOT)))
            .map(AclEntry::bits)
            .toList();
    int bits =
        ofGroups.isEmpty() ? list.bits(Who.OTHER, 0) : ofGroups.stream().reduce(0, (a, b) -> a | b);
    return (wanted & bits & mask) == wanted;
  }
}
