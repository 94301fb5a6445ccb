/**
 * Who may do what: token, account key, shared access signature, open container.
 *
 * <p>Decides; it reads and writes no blob.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.blob.auth;
