/**
 * Where jobs run: in this process or one of their own, and what a dead one left.
 *
 * <p>How a job runs is in {@code job} and {@code batch}.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.run;
