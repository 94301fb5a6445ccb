package mlops.project.workflow;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mlops.profile.Profile;

/**
 * The workflow: a job for each environment of the profile, each behind those before it.
 *
 * @param folder that of the profile, from the root of the repository, with a slash behind it; empty
 *     where it is that
 * @param common what stands in many places: the actions, the launcher and its options
 */
record WorkflowText(
    Profile profile, TriggerPaths triggers, String folder, Map<String, String> common) {

  String text() {
    return Stream.concat(
            Stream.of(head() + training()), profile.targets().stream().map(this::target))
        .collect(Collectors.joining("\n"));
  }

  private String head() {
    List<String> branches = profile.gitHub(profile.training().environment()).branches();
    return WorkflowPart.of("head")
        .with("PROFILE", triggers.profileName())
        .with("ENVIRONMENTS", String.join(" → ", profile.stages().names()))
        .with("BRANCHES", branches.isEmpty() ? "main" : each(branches, ", ", ""))
        .with("WATCHED", triggers.why())
        .withLines("INPUTS", inputs())
        .withLines("PATHS", each(triggers.patterns(), "\n", "      - "))
        .withLines("DEFAULTS", folder.isEmpty() ? "" : part("defaults").text())
        .text();
  }

  /**
   * Where the profile wants an approval, whoever looked at the model starts the run again with it.
   */
  private String inputs() {
    String asked =
        profile.targets().stream()
            .map(Profile.Target::name)
            .filter(this::isApproved)
            .collect(Collectors.joining(", "));
    return asked.isEmpty()
        ? ""
        : """
              inputs:
                approve:
                  description: the hash of the model that may go to %s; the job that wants it says it
                  type: string
          """
            .formatted(asked);
  }

  private boolean isApproved(String env) {
    return profile.approvals().getOrDefault(env, false);
  }

  private String promote(String env) {
    boolean approved = isApproved(env);
    return part("promote")
        .with("ENV", env)
        .withLines("APPROVE", approved ? "          APPROVE: ${{ inputs.approve }}" : "")
        .with("APPROVED", approved ? " ${APPROVE:+--approve \"$APPROVE\"}" : "")
        .text();
  }

  private String training() {
    boolean alone = profile.targets().isEmpty();
    return job(
            profile.training().environment(),
            "    if: vars.MLOPS_CONNECTED != ''",
            "    outputs:\n      version: ${{ steps.train.outputs.version }}")
        + step("train", profile.training().name())
        + (alone ? part("report").text() : "")
        + keep(profile.training().name(), alone, Stream.empty());
  }

  private String target(Profile.Target target) {
    List<String> before = profile.before(target).stream().map(Profile.Target::name).toList();
    boolean last = before.size() == profile.targets().size() - 1;
    String needs =
        Stream.concat(Stream.of(profile.training().name()), before.stream())
            .collect(Collectors.joining(", ", "    needs: [", "]"));
    return job(target.environment(), needs, "")
        + promote(target.name())
        + (last ? ending(before) : "")
        + keep(target.name(), last, Stream.of("predictions/%s/".formatted(profile.suffix())));
  }

  /** The predictions of the environments before came to other machines. */
  private String ending(List<String> before) {
    String fetched =
        before.stream().map(env -> step("download", env)).collect(Collectors.joining());
    return fetched + (before.isEmpty() ? "" : part("compare").text()) + part("report").text();
  }

  private String job(Profile.Environment environment, String after, String outputs) {
    return part("job")
        .with("ENV", environment.name())
        .with("GITHUB", YamlText.of(profile.gitHub(environment).name()))
        .withLines("AFTER", after)
        .withLines("OUTPUTS", outputs)
        .text();
  }

  private String keep(String env, boolean reported, Stream<String> folders) {
    Stream<String> own = Stream.concat(Stream.of("logs/"), folders).map(f -> f + env);
    String report = "report-%s.html".formatted(profile.suffix());
    String files =
        Stream.concat(own, reported ? Stream.of(report) : Stream.empty())
            .map(f -> "            " + folder + f)
            .collect(Collectors.joining("\n"));
    return part("keep").with("ENV", env).withLines("FILES", files).text();
  }

  private String step(String name, String env) {
    return part(name).with("ENV", env).text();
  }

  private WorkflowPart part(String name) {
    return new WorkflowPart(name, common);
  }

  private static String each(List<String> values, String between, String before) {
    return values.stream().map(v -> before + YamlText.of(v)).collect(Collectors.joining(between));
  }
}
