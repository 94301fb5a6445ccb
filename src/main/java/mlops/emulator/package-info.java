/**
 * The Azure that this jar carries: all services on one state folder, behind one router.
 *
 * <p>Services meet here and nowhere else; imports nothing of ours outside.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator;
