package mlops.azure;

import com.azure.core.exception.HttpResponseException;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads of things that may not be there. */
public final class Lookup {

  /** What the call returns, or empty where Azure answers 404. */
  public static <T> Optional<T> find(Supplier<T> call) {
    try {
      return Optional.of(call.get());
    } catch (HttpResponseException e) {
      if (status(e) == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The HTTP status of a failure; 0 where no answer came. */
  public static int status(HttpResponseException e) {
    return e.getResponse() == null ? 0 : e.getResponse().getStatusCode();
  }

  private Lookup() {}
}
