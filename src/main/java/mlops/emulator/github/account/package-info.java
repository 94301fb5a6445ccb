/**
 * Who and what is on the embedded GitHub: people, organisations, their teams and repositories, and
 * the tokens that act for them.
 *
 * <p>Knows no route.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.github.account;
