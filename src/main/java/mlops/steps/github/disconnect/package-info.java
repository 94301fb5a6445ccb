/**
 * What {@code mlops github connect} made, taken away again.
 *
 * <p>Each step looks whether the thing is connect's own; what was there before stays.
 */
@org.jspecify.annotations.NullMarked
package mlops.steps.github.disconnect;
