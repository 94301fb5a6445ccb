/**
 * Microsoft Graph: applications, service principals, users, groups, deleted items.
 *
 * <p>Keeps nothing of its own: the directory does.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.graph;
