/**
 * Job and component files: commands, pipelines and the jobs in them.
 *
 * <p>What single assets need too stands in the packages below; nothing here sends a request.
 */
@org.jspecify.annotations.NullMarked
package mlops.assets.job;
