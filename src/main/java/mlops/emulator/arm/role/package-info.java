/**
 * Role-based access control: definitions, assignments, and the guard of every route.
 *
 * <p>Data actions are asked for by the services that have them.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.arm.role;
