/**
 * The GitHub beside the embedded Azure: its REST API, and whom the tokens of its workflows are
 * about.
 *
 * <p>What it keeps lies below {@code /github} in the state. It knows Azure's login only as the
 * issuer that signs those tokens.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.github;
