package mlops.emulator.keyvault;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of a secret.
 *
 * @param id 32 hexadecimal digits
 * @param notBefore seconds since 1970, as all times here; it and {@code expires} are told to
 *     clients, and hinder no reading
 */
record SecretVersion(
    String id,
    String value,
    @Nullable String contentType,
    @Nullable Map<String, String> tags,
    boolean enabled,
    @Nullable Long notBefore,
    @Nullable Long expires,
    long created,
    long updated) {

  /** Changed in what a request gives; its value stays. */
  SecretVersion with(SecretChange change, long now) {
    return new SecretVersion(
        id,
        value,
        change.contentType() == null ? contentType : change.contentType(),
        change.tags() == null ? tags : change.tags(),
        change.enabled() == null ? enabled : change.enabled(),
        change.notBefore() == null ? notBefore : change.notBefore(),
        change.expires() == null ? expires : change.expires(),
        created,
        now);
  }

  /** Without the value, which belongs into no log. */
  @Override
  public String toString() {
    return "version " + id;
  }
}
