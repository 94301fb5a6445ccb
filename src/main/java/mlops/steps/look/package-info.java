/**
 * What those who look find in Azure: its jobs and its resources.
 *
 * <p>Only reads; there is no recipe here.
 */
@org.jspecify.annotations.NullMarked
package mlops.steps.look;
