package mlops.emulator.github.environment;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import mlops.emulator.state.StandardHashes;
import mlops.emulator.state.StateTree;
import mlops.sealedbox.SealedBox;

/**
 * The key pairs to which secrets are sealed, one for each environment and one for each repository.
 * The private halves are files that their owner alone can read; no secret is kept in clear.
 */
public final class BoxKeys {
  private final StateTree state;

  public BoxKeys(StateTree state) {
    this.state = state;
  }

  /** The public half. */
  public record PublicKey(String id, String base64) {}

  /** The key of an owner, made when it is first asked for. */
  public PublicKey of(String owner) {
    byte[] key = SealedBox.publicKey(privateKey(owner));
    byte[] id = Arrays.copyOf(StandardHashes.sha256(key), 7);
    return new PublicKey(new BigInteger(1, id).toString(), Base64.getEncoder().encodeToString(key));
  }

  /** What was sealed to an owner's key; empty where it is no such box. */
  public Optional<byte[]> open(String owner, String base64) {
    try {
      return SealedBox.open(Base64.getDecoder().decode(base64), privateKey(owner));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // not Base64
    }
  }

  private byte[] privateKey(String owner) {
    return state.secret(state.directory(owner).resolve("box.key"), SealedBox::newKey);
  }
}
