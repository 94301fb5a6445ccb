package mlops.steps.lineage;

import com.azure.core.exception.HttpResponseException;
import java.util.Optional;
import java.util.function.Supplier;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.error.MlopsException;

/**
 * What Azure answered when a link was asked for.
 *
 * @param why it is not there; empty where it is
 */
record Fetched<T>(Optional<T> found, String why) {

  private static final String GONE = "gone";

  /** Whether Azure said that it is not there. */
  boolean isGone() {
    return why.equals(GONE);
  }

  /** Asks; a refusal is an answer, all else that goes wrong is a failure. */
  static <T> Fetched<T> of(Azure azure, Supplier<Optional<T>> ask) {
    try {
      Optional<T> found = ask.get();
      return new Fetched<>(found, found.isPresent() ? "" : GONE);
    } catch (HttpResponseException e) {
      int status = Lookup.status(e);
      if (status == 404) {
        return missing(GONE);
      }
      if (status == 501) { // Microsoft's own registries are not in the embedded Azure
        return missing("not in this Azure");
      }
      if (status != 401 && status != 403) {
        throw e;
      }
      return missing("not readable by " + azure.signedIn().name());
    } catch (MlopsException e) {
      if (!e.code().equals("RegistryNotAllowed")) {
        throw e;
      }
      return missing("gone, or not readable by " + azure.signedIn().name());
    }
  }

  private static <T> Fetched<T> missing(String why) {
    return new Fetched<>(Optional.empty(), why);
  }
}
