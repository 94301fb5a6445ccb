package mlops.emulator.blob.auth;

import java.util.Map;

/**
 * How a caller was admitted.
 *
 * @param overwrite whether what is there already may be written over
 * @param owner who owns what the caller makes: an object id, or {@code $superuser}
 * @param everywhere whether it may do so with every path, not with those alone whose lists allow it
 * @param headers response headers that a shared access signature sets, such as {@code Content-Type}
 * @param how the kind of proof, as Azure's logs name it
 */
public record StorageAuthorization(
    boolean overwrite, String owner, boolean everywhere, Map<String, String> headers, How how) {

  /** What a caller brings to prove who it is. */
  public enum How {
    SHARED_KEY,
    SAS,
    TOKEN,
    ANONYMOUS
  }

  static final StorageAuthorization SHARED_KEY =
      new StorageAuthorization(true, "$superuser", true, Map.of(), How.SHARED_KEY);
  static final StorageAuthorization ANONYMOUS =
      new StorageAuthorization(false, "", false, Map.of(), How.ANONYMOUS);
}
