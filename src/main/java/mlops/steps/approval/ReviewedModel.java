package mlops.steps.approval;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import mlops.steps.review.ModelStatus;

/**
 * The model that a job is about to take somewhere, beside the one that serves there.
 *
 * @param name of the model where it was trained
 * @param trained the version that passed its gate; empty where there is none
 * @param serving the version that serves now; empty where none does
 */
public record ReviewedModel(
    String name, Optional<ModelStatus.Model> trained, Optional<ModelStatus.Model> serving) {
  private static final int METRICS = 3;

  /** What an approval is about: the first digits of the hash of its files. */
  public String hash() {
    return trained.map(m -> m.lineage().approvalHash()).orElse("");
  }

  /**
   * For people, in one line.
   *
   * @param judged the metrics that count; the first that there are if empty
   */
  String words(Set<String> judged) {
    if (trained.isEmpty()) {
      return "none has passed its gate yet";
    }
    String now =
        serving
            .map(
                s ->
                    s.lineage().manifest().equals(trained.get().lineage().manifest())
                        ? "these files serve already"
                        : "version %s serves now".formatted(s.version()))
            .orElse("nothing serves yet");
    return "version %s, files %s, %s%s"
        .formatted(trained.get().version(), hash(), now, metrics(judged));
  }

  private String metrics(Set<String> judged) {
    Map<String, String> its = trained.orElseThrow().lineage().metrics();
    Map<String, String> before = serving.map(s -> s.lineage().metrics()).orElse(Map.of());
    Set<String> names = new TreeSet<>(judged.isEmpty() ? its.keySet() : judged);
    return names.stream()
        .filter(its::containsKey)
        .limit(judged.isEmpty() ? METRICS : names.size())
        .map(
            name ->
                before.containsKey(name)
                    ? "; %s %s → %s".formatted(name, before.get(name), its.get(name))
                    : "; %s %s".formatted(name, its.get(name)))
        .collect(Collectors.joining());
  }
}
