package mlops.features;

import java.nio.file.Path;
import java.util.List;
import mlops.error.MlopsException;
import mlops.features.spec.FeatureDefinitions;
import mlops.features.spec.FeatureFolder;
import mlops.features.trap.DefinitionTraps;
import mlops.features.trap.MetTrap;
import mlops.yaml.Mistakes;

/**
 * What a folder defines, free of mistakes.
 *
 * @param notes what a user should know of it, each with its place
 * @param traps those of Azure's own code that lie ahead
 */
public record CheckedDefinitions(
    FeatureDefinitions definitions, List<String> notes, List<MetTrap> traps) {

  public CheckedDefinitions {
    notes = List.copyOf(notes);
    traps = List.copyOf(traps);
  }

  /**
   * Reads a folder.
   *
   * @throws MlopsException INVALID with every mistake and its place
   */
  public static CheckedDefinitions of(Path folder) {
    Mistakes mistakes = new Mistakes();
    FeatureDefinitions found = FeatureFolder.read(folder, mistakes);
    mistakes.throwIfAny();
    return new CheckedDefinitions(found, mistakes.notes(), DefinitionTraps.of(found));
  }
}
