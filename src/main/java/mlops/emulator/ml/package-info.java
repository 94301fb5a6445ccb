/**
 * Azure Machine Learning, put together.
 *
 * <p>Each kind of resource has its package below; no route and no rule of one stands here.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.ml;
