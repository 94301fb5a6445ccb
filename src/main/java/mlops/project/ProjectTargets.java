package mlops.project;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mlops.project.ProjectFiles.Described;

/**
 * The environments that the models of a project are promoted to: one for each batch deployment
 * whose path has the word for one, such as {@code test/deployment.yml}; else one, for the first.
 *
 * @param all in the order of promotion
 */
record ProjectTargets(List<ProjectTarget> all) {
  /** The words, in the order in which a model meets what they mean. */
  private static final List<String> WORDS =
      List.of("test", "qa", "uat", "stage", "staging", "preprod", "prod", "production", "live");

  private static final String USUAL = "prod";

  static ProjectTargets of(
      ProjectFiles files, NeededAssets assets, String slug, List<String> missing) {
    Map<String, Described> deployments =
        new TreeMap<>(Comparator.<String>comparingInt(WORDS::indexOf));
    List<Described> found =
        files.of(FileKind.BATCH_DEPLOYMENT).stream().filter(ProjectTarget::deploysModel).toList();
    found.forEach(file -> word(file).ifPresent(word -> deployments.putIfAbsent(word, file)));
    if (deployments.size() < 2) {
      deployments.clear();
      found.stream().findFirst().ifPresent(first -> deployments.put(USUAL, first));
    }
    List<ProjectTarget> all = new ArrayList<>();
    deployments.forEach(
        (name, deployment) ->
            all.add(
                new ProjectTarget(
                    name,
                    deployment,
                    endpoint(files, deployments.size() == 1 ? "" : name),
                    assets,
                    slug,
                    missing)));
    return new ProjectTargets(all);
  }

  /** The endpoint of an environment; where there is but one, the first. */
  private static Optional<Described> endpoint(ProjectFiles files, String word) {
    return files.of(FileKind.BATCH_ENDPOINT).stream()
        .filter(file -> word.isEmpty() || word(file).equals(Optional.of(word)))
        .findFirst();
  }

  private static Optional<String> word(Described file) {
    List<String> parts = List.of(file.path().toLowerCase(Locale.ROOT).split("[/._-]+"));
    return WORDS.stream().filter(parts::contains).findFirst();
  }

  /** What a file becomes a part of. */
  Optional<String> taking(Described file) {
    return all.stream().filter(t -> t.takes(file)).map(ProjectTarget::name).findFirst();
  }
}
