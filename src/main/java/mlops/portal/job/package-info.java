/**
 * Jobs: those of a workspace, and one with its steps, logs and what it logged.
 *
 * <p>Only reads: nothing here submits or cancels.
 */
@org.jspecify.annotations.NullMarked
package mlops.portal.job;
