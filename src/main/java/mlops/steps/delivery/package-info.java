/**
 * A model on its way to a target: which version it is, where it was trained, and how it gets there.
 *
 * <p>No recipe lives here, and nothing knows the target that serves it.
 */
@org.jspecify.annotations.NullMarked
package mlops.steps.delivery;
