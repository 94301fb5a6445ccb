/**
 * The REST API of GitHub, {@code api.github.com}, as far as environments, their secrets and
 * variables, and the login of workflows to Azure need it.
 *
 * <p>Each route names the right that it asks for; what is not here is a 501 of the router.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.github.api;
