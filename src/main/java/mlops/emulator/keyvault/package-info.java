/**
 * The data plane of key vaults, {@code {vault}.vault.azure.net}: secrets, and whom to write to
 * about certificates.
 *
 * <p>The vaults themselves are resources of {@code arm.type}; keys and certificates are not built.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.keyvault;
