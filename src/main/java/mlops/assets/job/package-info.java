/**
 * Job and component files: commands, pipelines and the jobs in them.
 *
 * <p>Everything that more than jobs need stands in the packages below.
 */
@org.jspecify.annotations.NullMarked
package mlops.assets.job;
