/**
 * The recipe of {@code mlops destroy}: what bootstrap and the stages made, taken away again, the
 * children before their parents.
 *
 * <p>Deletes what the profile names, and nothing beside it.
 */
@org.jspecify.annotations.NullMarked
package mlops.steps.destroy;
