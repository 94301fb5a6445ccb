package mlops.cli.fault;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import mlops.emulator.fault.TimedKind;
import mlops.emulator.ml.compute.ComputeQuota;
import mlops.yaml.YamlNode;

/**
 * How Azure behaves, whatever is asked: {@code azure} of {@code --faults}.
 *
 * @param roles how long a new role takes until it works; empty where the file does not say
 * @param deleted what keeps its name after it was deleted, such as {@code vaults/NAME}
 * @param taken names of storage accounts and key vaults that others have
 * @param quota cores of the families of these sizes
 * @param times how long resources of a kind are being made, and deleted
 * @param simulated whether waits are skipped
 * @param throttled whether Resource Manager counts requests
 */
record AzureBehavior(
    Optional<Duration> roles,
    Set<String> deleted,
    Set<String> taken,
    Map<String, Integer> quota,
    Map<TimedKind, Duration> times,
    boolean simulated,
    boolean throttled) {
  private static final String ROLE_PROPAGATION = "role-propagation";
  private static final String SOFT_DELETED = "soft-deleted";
  private static final String TAKEN_NAMES = "taken-names";
  private static final String QUOTA = "quota";
  private static final String OPERATION_TIME = "operation-time";
  private static final String CLOCK = "clock";
  private static final String THROTTLE = "throttle";

  /** As it is without faults. */
  static AzureBehavior usual() {
    return new AzureBehavior(
        Optional.empty(), Set.of(), Set.of(), Map.of(), Map.of(), false, false);
  }

  /** Reads it; mistakes are noted. */
  static AzureBehavior read(YamlNode azure) {
    azure.allow(
        ROLE_PROPAGATION, SOFT_DELETED, TAKEN_NAMES, QUOTA, OPERATION_TIME, CLOCK, THROTTLE);
    return new AzureBehavior(
        azure.at(ROLE_PROPAGATION).flatMap(FaultEntry::duration),
        deleted(azure),
        texts(azure, TAKEN_NAMES),
        azure.map(QUOTA).map(AzureBehavior::quota).orElse(Map.of()),
        azure.map(OPERATION_TIME).map(AzureBehavior::times).orElse(Map.of()),
        azure.at(CLOCK).flatMap(node -> node.oneOf(Set.of("simulated"))).isPresent(),
        azure.at(THROTTLE).flatMap(node -> node.oneOf(Set.of("azure"))).isPresent());
  }

  private static Map<TimedKind, Duration> times(YamlNode kinds) {
    kinds.allow(TimedKind.words());
    Map<TimedKind, Duration> times = new EnumMap<>(TimedKind.class);
    kinds
        .entries()
        .forEach(
            (word, node) ->
                TimedKind.of(word)
                    .ifPresent(
                        kind -> FaultEntry.duration(node).ifPresent(t -> times.put(kind, t))));
    return times;
  }

  private static Set<String> texts(YamlNode azure, String key) {
    Set<String> texts = new TreeSet<>();
    azure.list(key).forEach(item -> item.asText().ifPresent(texts::add));
    return texts;
  }

  private static Set<String> deleted(YamlNode azure) {
    Set<String> things = new TreeSet<>();
    for (YamlNode item : azure.list(SOFT_DELETED)) {
      item.asText().filter(text -> isThing(item, text)).ifPresent(things::add);
    }
    return things;
  }

  private static boolean isThing(YamlNode item, String text) {
    boolean right = text.matches("(workspaces|vaults)/[^/]+");
    if (!right) {
      item.mistake(
          "%s is %s".formatted(item.name(), item.words()), "write workspaces/NAME or vaults/NAME");
    }
    return right;
  }

  private static Map<String, Integer> quota(YamlNode sizes) {
    Map<String, Integer> quota = new LinkedHashMap<>();
    sizes
        .entries()
        .forEach(
            (size, cores) -> {
              if (!ComputeQuota.knows(size)) {
                sizes.mistakeAt(
                    size,
                    size + " is no size of virtual machines",
                    "`az vm list-sizes` has them, such as STANDARD_DS3_v2");
              }
              cores.asInteger().ifPresent(number -> count(cores, number, size, quota));
            });
    return quota;
  }

  private static void count(YamlNode node, long cores, String size, Map<String, Integer> quota) {
    if (cores < 0 || cores > 1_000_000) {
      node.mistake(
          "%s is %s".formatted(node.name(), node.words()), "give a number of cores, from 0");
    } else {
      quota.put(size, (int) cores);
    }
  }
}
