/**
 * Microsoft.Authorization/locks: what keeps resources from being deleted or changed.
 *
 * <p>And the groups that a service manages, which are closed to others.
 *
 * <p>Knows no resource type; access control asks here before a route answers.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.arm.lock;
