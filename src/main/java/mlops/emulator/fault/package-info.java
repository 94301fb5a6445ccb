/**
 * What goes wrong on request: which requests, and how.
 *
 * <p>Stands before the router as its filter; knows no service, and no file that asks for it.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.fault;
