package mlops.emulator.arm.role;

/** What role assignments allow. */
public interface RoleGrants {

  /** Whether a role of this principal at the scope, or above it, holds the action. */
  boolean allowAction(String objectId, String action, String scope);

  /** The same for data actions; a fresh assignment may take a moment to work, as on Azure. */
  boolean allowData(String objectId, String dataAction, String scope);
}
