/**
 * What a learner is told of each step: why it is there, with which command the guide does it, and
 * where to look; and the chapters of {@code mlops guide}, with their exercises.
 *
 * <p>The texts lie beside the steps, in {@code explanations.yml} of their package; here they get
 * the names of a profile. Knows no Azure and no terminal: nothing is asked of anyone.
 */
@org.jspecify.annotations.NullMarked
package mlops.explain;
