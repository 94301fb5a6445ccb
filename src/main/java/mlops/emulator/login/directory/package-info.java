/**
 * The objects of the tenant: users, service principals, their secrets and federations.
 *
 * <p>No endpoint; Microsoft Graph shows them in {@code emulator.graph}.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.login.directory;
