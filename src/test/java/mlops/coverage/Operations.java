package mlops.coverage;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.TestKey;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Route;
import mlops.emulator.http.Router;

/** What the embedded Azure can do, by the names of its routes. */
final class Operations {
  private static final Router ROUTER =
      EmbeddedAzure.open(TestKey.in(Seen.FOLDER.resolve("routes")), EmbeddedAzureOptions.defaults())
          .router();

  static SortedSet<String> all() {
    SortedSet<String> all = new TreeSet<>();
    for (Route route : ROUTER.routes()) {
      if (!all.add(route.toString())) {
        throw new IllegalStateException("two routes are called " + route);
      }
    }
    return all;
  }

  /** The operation that a request asks for, where there is one. */
  static Optional<String> of(Request request) {
    try {
      return ROUTER.find(request).map(Route::toString);
    } catch (ApiException e) {
      return Optional.empty(); // a path that cannot be read
    }
  }

  private Operations() {}
}
