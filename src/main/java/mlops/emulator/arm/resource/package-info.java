/**
 * What all resource types share: ids, regions, providers, lists, global names.
 *
 * <p>No resource type.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.arm.resource;
