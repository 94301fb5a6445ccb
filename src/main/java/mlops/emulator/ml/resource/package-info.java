/**
 * What all resources of a workspace share: paths, names, pages, long-running operations, the common
 * operations.
 *
 * <p>No resource type.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.ml.resource;
