package mlops.emulator.ml.compute;

import java.util.HashMap;
import java.util.Map;
import mlops.emulator.http.ApiException;

/**
 * How many cores a subscription may use in each region.
 *
 * @param families what families of sizes have in place of {@link #ALL}, by their short names
 */
public record ComputeQuota(Map<String, Integer> families) {
  /** Of all families together, and of each that is not named. */
  static final int ALL = 100;

  private static final String INCREASE =
      "Talk to your Subscription Admin or refer to https://docs.microsoft.com/azure/machine-learning/how-to-manage-quotas#request-quota-increases to increase the family quota";

  public ComputeQuota {
    families = Map.copyOf(families);
  }

  /** The usual one. */
  public static ComputeQuota usual() {
    return new ComputeQuota(Map.of());
  }

  /**
   * The quotas of the families that sizes belong to.
   *
   * @param cores by names of sizes that {@link #knows}; of several sizes of a family the smallest
   */
  public static ComputeQuota of(Map<String, Integer> cores) {
    Map<String, Integer> families = new HashMap<>();
    cores.forEach(
        (size, most) ->
            VmSizes.ALL.find(size).ifPresent(s -> families.merge(s.family(), most, Math::min)));
    return new ComputeQuota(families);
  }

  /** Whether clusters may have a size of this name, in any letters. */
  public static boolean knows(String size) {
    return VmSizes.ALL.find(size).isPresent();
  }

  int of(String family) {
    return families.getOrDefault(family, ALL);
  }

  /**
   * Asks that a cluster may have its nodes.
   *
   * @throws ApiException 400 where they are too many cores
   */
  void require(VmSize size, int nodes) {
    int cores = nodes * size.cores();
    if (cores > of(size.family())) {
      throw ApiException.badRequest(
          "BadRequest",
          families.containsKey(size.family())
              ? "The specified subscription has a Standard %s family vCPU quota of %d and cannot accomodate for at least %d requested managed compute node which maps to %d vCPUs. %s"
                  .formatted(size.family(), of(size.family()), nodes, cores, INCREASE)
              : "The specified subscription has a total vCPU quota of %d and cannot accomodate for at least %d requested managed compute node which maps to %d vCPUs."
                  .formatted(ALL, nodes, cores));
    }
  }
}
