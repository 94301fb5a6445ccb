/**
 * The chain from what serves in an environment to what it was made of, each link asked for now.
 *
 * <p>Only reads; says what it found, and decides nothing.
 */
@org.jspecify.annotations.NullMarked
package mlops.steps.lineage;
