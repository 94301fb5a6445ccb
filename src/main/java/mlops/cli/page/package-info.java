/**
 * What a command found as Markdown, for the page that GitHub shows of a job.
 *
 * <p>Knows results, and not the job.
 */
@org.jspecify.annotations.NullMarked
package mlops.cli.page;
