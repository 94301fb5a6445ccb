/**
 * The files of single assets: compute, datastore, data, environment, model, endpoint, deployment.
 *
 * <p>No jobs and no components.
 */
@org.jspecify.annotations.NullMarked
package mlops.assets.file;
