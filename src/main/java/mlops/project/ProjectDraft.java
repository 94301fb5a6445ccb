package mlops.project;

import java.util.List;
import java.util.Map;

/**
 * What a new profile says.
 *
 * @param origin what it was made from, for its first line
 * @param suffix of all names
 * @param account the keys that all environments share, in the order of the file
 * @param environments in the order of promotion
 * @param gate the limits of the gate, each as a line of YAML; may be empty
 */
record ProjectDraft(
    String origin,
    String suffix,
    Map<String, String> account,
    List<Environment> environments,
    List<String> gate) {

  /**
   * One environment.
   *
   * @param keys its values by key, in the order of the file
   * @param assets what is made before the job, in this order
   */
  record Environment(
      String name, Map<String, String> keys, List<Upload> uploads, List<Asset> assets) {

    Environment(String name, Map<String, String> keys, List<Upload> uploads) {
      this(name, keys, uploads, List.of());
    }
  }

  /** A file of something that is made before the job. */
  record Asset(FileKind kind, String name, String file) {}

  /** A file, and where bootstrap puts it in the container. */
  record Upload(String file, String to) {}
}
