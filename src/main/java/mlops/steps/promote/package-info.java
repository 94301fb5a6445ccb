/**
 * {@code promote} and {@code rollback}: a model moves to the next workspace and is served.
 *
 * <p>Only the recipes are public; no step of another recipe is used here.
 */
@org.jspecify.annotations.NullMarked
package mlops.steps.promote;
