package mlops.features;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import mlops.features.online.OnlineStore;
import mlops.features.online.RedisStore;
import mlops.features.online.SqliteStore;

/** Materializes a set in a process of its own, so that it can be killed. */
public final class MaterializingProgram {

  /**
   * Arguments: the folder of the set, which has its spec and rows; where the online store is; the
   * start and the end of the window.
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    String spec = Files.readString(folder.resolve("FeatureSetSpec.yaml"));
    try (OnlineStore store = open(args[1])) {
      System.out.println("begins");
      MaterializedSet.of(folder, spec)
          .run(args[2], args[3], Optional.of(store), MaterializedSet.NOW);
    }
  }

  static OnlineStore open(String place) {
    return place.startsWith("redis:") ? RedisStore.open(place) : SqliteStore.open(Path.of(place));
  }

  private MaterializingProgram() {}
}
