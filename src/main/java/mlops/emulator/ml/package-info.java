/**
 * Azure Machine Learning, put together.
 *
 * <p>Each kind of resource has its package below.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.ml;
