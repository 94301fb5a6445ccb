/**
 * What is particular to a kind of job: fields of parallel, spark and sweep jobs, alike in jobs,
 * components and the jobs of a pipeline.
 *
 * <p>No inputs, outputs and bindings.
 */
@org.jspecify.annotations.NullMarked
package mlops.assets.task;
