/**
 * What Microsoft's documents say that requests to Azure Resource Manager may hold: the one place
 * where the shapes of bodies and the names of query parameters are checked.
 *
 * <p>Knows no resource type; what a value means is for those who answer.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.contract;
