package mlops.cli.fault;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mlops.emulator.fault.FaultRule;
import mlops.error.MlopsException;
import mlops.yaml.Mistakes;
import mlops.yaml.YamlFile;
import mlops.yaml.YamlNode;

/**
 * The rules of {@code --faults}.
 *
 * @param seed decides what chance hits; empty for another one each time
 * @param azure how Azure behaves, whatever is asked
 */
record FaultsFile(Optional<Long> seed, List<FaultRule> rules, AzureBehavior azure) {
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
    AzureBehavior azure =
        root.map("azure").map(AzureBehavior::read).orElseGet(AzureBehavior::usual);
    if (root.at("faults").isEmpty() && root.at("azure").isEmpty()) {
      root.mistake("the file has neither faults nor azure", "");
    }
    FaultsFile read = new FaultsFile(root.integer("seed"), rules, azure);
    mistakes.throwIfAny();
    return read;
  }
}
