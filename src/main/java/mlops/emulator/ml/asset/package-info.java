/**
 * Data, models, environments, components and code: versions, URIs, references.
 *
 * <p>No jobs: who registers an asset calls {@code OutputRegistration} or the routes.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.ml.asset;
