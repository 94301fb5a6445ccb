/**
 * YAML as trees that know where each value stands, and the mistakes found in them.
 *
 * <p>Knows neither the profile nor Azure ML files.
 */
@org.jspecify.annotations.NullMarked
package mlops.yaml;
