/**
 * The commands about registries: list, show, delete.
 *
 * <p>Nothing here promotes a model.
 */
@org.jspecify.annotations.NullMarked
package mlops.cli.registry;
