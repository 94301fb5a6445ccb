/**
 * The Azure that this jar carries: all services on one state folder, behind one router.
 *
 * <p>Services meet here and nowhere else. Of what lies outside it knows files, YAML, errors, sealed
 * boxes and the computation of features: no command, no step and no profile.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator;
