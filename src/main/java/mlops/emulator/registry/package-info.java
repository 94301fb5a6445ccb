/**
 * Registries of Azure Machine Learning: the resource, and the assets that workspaces share through
 * it, by Resource Manager and by the data plane of its region.
 *
 * <p>How jobs find an asset of a registry is known by {@code ml}.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.registry;
