package mlops.emulator.arm.role;

import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import mlops.emulator.login.directory.DirectoryLinks;

/**
 * Whose role assignments count for a principal: its own, those of the one whose roles it shares,
 * and those of the groups that either is in.
 */
public final class RoleHolders {
  private final UnaryOperator<String> sharesRolesOf;
  private final DirectoryLinks members;

  /**
   * @param sharesRolesOf from an object id to that of the principal whose roles it has beside its
   *     own; to itself where there is none
   */
  public RoleHolders(UnaryOperator<String> sharesRolesOf, DirectoryLinks members) {
    this.sharesRolesOf = sharesRolesOf;
    this.members = members;
  }

  /**
   * Object ids in lower case: the principal, the one whose roles it shares, and every group that
   * either is in.
   */
  Set<String> of(String objectId) {
    String shared = sharesRolesOf.apply(objectId);
    Set<String> ids = members.allTo(objectId, shared);
    ids.add(objectId.toLowerCase(Locale.ROOT));
    ids.add(shared.toLowerCase(Locale.ROOT));
    return ids;
  }
}
