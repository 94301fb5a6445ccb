package mlops.cli.fault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mlops.emulator.fault.FaultRule;
import mlops.error.MlopsException;
import mlops.yaml.Mistakes;
import mlops.yaml.YamlFile;
import mlops.yaml.YamlNode;

/**
 * The rules of {@code --faults}.
 *
 * @param seed decides what chance hits; empty for another one each time
 * @param roleDelay how long a new role takes until it works; empty where the file does not say
 */
record FaultsFile(Optional<Long> seed, List<FaultRule> rules, Optional<Duration> roleDelay) {
  private static final String ROLE_PROPAGATION = "role-propagation";

  /** What is known of Azure, and not rehearsed so far. */
  private static final Set<String> UNBUILT =
      Set.of("operation-time", "clock", "throttle", "soft-deleted", "taken-names", "quota");

  /**
   * Reads it.
   *
   * @throws MlopsException INVALID with every mistake and its place
   */
  static FaultsFile read(Path file) {
    Mistakes mistakes = new Mistakes();
    YamlNode root =
        YamlFile.read(file, mistakes).flatMap(YamlNode::asMap).orElseThrow(mistakes::asException);
    root.allow("seed", "faults", "azure");
    List<FaultRule> rules =
        root.list("faults").stream()
            .flatMap(node -> node.asMap().stream())
            .map(FaultEntry::new)
            .flatMap(entry -> entry.rule().stream())
            .toList();
    Optional<Duration> roles = root.map("azure").flatMap(FaultsFile::behavior);
    if (root.at("faults").isEmpty() && root.at("azure").isEmpty()) {
      root.mistake("nothing is to go wrong: neither faults nor azure is there", "");
    }
    FaultsFile read = new FaultsFile(root.integer("seed"), rules, roles);
    mistakes.throwIfAny();
    return read;
  }

  /** How Azure behaves, whatever is asked. */
  private static Optional<Duration> behavior(YamlNode azure) {
    List<String> known = new ArrayList<>(List.of(ROLE_PROPAGATION));
    for (String key : azure.entries().keySet()) {
      if (UNBUILT.contains(key)) {
        azure.mistakeAt(
            key, key + " is not built", "leave it out; rules under faults can stand in for it");
        known.add(key);
      }
    }
    azure.allow(known);
    return azure.at(ROLE_PROPAGATION).flatMap(FaultEntry::duration);
  }
}
