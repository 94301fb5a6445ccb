package mlops.emulator.keyvault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A secret with all its versions, the latest last.
 *
 * @param deleted when it was deleted, in seconds since 1970; null where it is not
 * @param purge when it is purged, if nobody recovers it
 */
record StoredSecret(
    String name, List<SecretVersion> versions, @Nullable Long deleted, @Nullable Long purge) {

  static StoredSecret of(String name, List<SecretVersion> versions) {
    return new StoredSecret(name, List.copyOf(versions), null, null);
  }

  SecretVersion latest() {
    return versions.get(versions.size() - 1);
  }

  /** A version by its id; the latest where that is empty. */
  Optional<SecretVersion> version(String id) {
    return id.isEmpty()
        ? Optional.of(latest())
        : versions.stream().filter(v -> v.id().equalsIgnoreCase(id)).findFirst();
  }

  /** The id of the version before one; empty for the first. */
  Optional<String> before(SecretVersion version) {
    int at = versions.indexOf(version);
    return at > 0 ? Optional.of(versions.get(at - 1).id()) : Optional.empty();
  }

  StoredSecret add(SecretVersion version) {
    List<SecretVersion> all = new ArrayList<>(versions);
    all.add(version);
    return of(name, all);
  }

  StoredSecret replace(SecretVersion version) {
    return of(name, versions.stream().map(v -> v.id().equals(version.id()) ? version : v).toList());
  }

  StoredSecret deleted(long now, long purge) {
    return new StoredSecret(name, versions, now, purge);
  }

  StoredSecret recovered() {
    return of(name, versions);
  }

  boolean wasDeleted() {
    return deleted != null;
  }

  /** Whether the time is over in which it could be recovered. */
  boolean isLapsed(long now) {
    return purge != null && purge <= now;
  }
}
