package mlops.project;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A profile as a file that explains itself. */
final class ProfileText {
  /** What YAML reads as the text that it is, without quotes. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z./][\\w./:{}@-]*( [\\w./-]+)*");

  private final StringBuilder text = new StringBuilder();

  private ProfileText() {}

  static String of(ProjectDraft draft) {
    ProfileText profile = new ProfileText();
    profile.start(draft);
    profile.line("");
    profile.line(
        "# In the order of promotion, as many as you like, by names of your own: the first");
    profile.line(
        "# trains, each other takes from the one before. Files are Azure ML CLI v2 files,");
    profile.line("# from this folder on.");
    profile.line("environments:");
    draft.environments().forEach(profile::environment);
    profile.gate(draft);
    return profile.text.toString();
  }

  /** Lines for the end of a profile: what is left to do. */
  static String comment(List<String> left) {
    return left.isEmpty()
        ? ""
        : left.stream()
            .map(line -> "#   " + line.replace('\n', ' '))
            .collect(Collectors.joining("\n", "\n# Left for you:\n", "\n"));
  }

  private void start(ProjectDraft draft) {
    line("# The profile: what mlops works on. Made from " + draft.origin() + "; yours to change.");
    line("# {suffix} stands for the suffix below, or for that of --suffix; ${NAME} and");
    line("# ${NAME:-default} come from the environment.");
    line("suffix: " + scalar(draft.suffix()) + " # of all names; lower-case letters and digits");
    line("cloud: local # the Azure inside mlops; azure is the real one");
    line("# subscription: ${AZURE_SUBSCRIPTION_ID}");
    Map<String, String> account = draft.account();
    line("location: " + scalar(account.getOrDefault("location", "eastus2")));
    line("");
    line("resource_groups:");
    line("  ml: " + scalar(account.getOrDefault("ml", "")) + " # workspaces, identity");
    line("  storage: " + scalar(account.getOrDefault("storage", "")));
    line("storage_account: " + scalar(account.getOrDefault("storage_account", "")));
    line("identity: " + scalar(account.getOrDefault("identity", "")) + " # of the computes");
  }

  private void environment(ProjectDraft.Environment environment) {
    line("  " + environment.name() + ":");
    environment.keys().forEach((key, value) -> line("    " + key + ": " + scalar(value)));
    if (!environment.uploads().isEmpty()) {
      line("    uploads: # what bootstrap puts into the container");
      for (ProjectDraft.Upload upload : environment.uploads()) {
        line("      - file: " + scalar(upload.file()));
        line("        to: " + scalar(upload.to()));
      }
    }
    if (!environment.assets().isEmpty()) {
      line("    assets: # what the job needs; bootstrap makes computes, train the rest");
      environment
          .assets()
          .forEach(
              asset ->
                  line("      - %s: %s".formatted(asset.kind().words(), scalar(asset.file()))));
    }
    line("");
  }

  private void gate(ProjectDraft draft) {
    line("# What a model must reach to be kept: metrics by the names under which jobs log them");
    line("# (MLflow, or deploy_flag.json), each with a min or a max, such as");
    line("#   test r2: {min: 0.7}");
    line("# A metric that has a limit and was not logged lets no model pass.");
    line("gate:");
    draft.gate().forEach(limit -> line("  " + limit));
    line("  champion: none # not-worse, where a job takes the registered model to compare with");
    line("");
    List<ProjectDraft.Environment> targets =
        draft.environments().subList(1, draft.environments().size());
    if (!targets.isEmpty()) {
      line("# required: `mlops promote` wants --approve with the hash of what was evaluated.");
      line("approvals:");
      line("  " + targets.get(targets.size() - 1).name() + ": none");
      line("");
    }
    line("# Local jobs get, where a version of Python or of a package cannot be had, the nearest");
    line("# that can, named in the job's log; exact: as written, or not at all.");
    line("python_environments: nearest");
    line("");
    line("# Where Spark jobs of the local Azure run: local (this machine), or a cluster of yours");
    line(
        "# that this machine can submit to and that sees the same folders: spark://HOST:PORT, yarn.");
    line("spark_master: local");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private static String scalar(String value) {
    return PLAIN.matcher(value).matches() && !value.startsWith("{") && !value.contains(": ")
        ? value
        : "'" + value.replace("'", "''") + "'";
  }
}
