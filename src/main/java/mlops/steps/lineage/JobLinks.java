package mlops.steps.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import mlops.azure.Azure;
import mlops.azure.ml.ArmIds;
import mlops.azure.ml.DatastoreFiles;
import mlops.azure.ml.DatastoreUri;
import mlops.azure.ml.Workspace;
import mlops.profile.Profile;
import mlops.steps.GitCheckout;
import mlops.steps.JobData;
import mlops.steps.Lineage;

/** The job that trained a model, and what it was given: code, data, environment. */
record JobLinks(Azure azure, Profile profile, Workspace workspace, ChainBuilder chain) {
  private static final String JOB = "job";
  private static final String DATA = "data";
  private static final String ENVIRONMENT = "environment";

  /** Where an asset is looked for that no registry holds. */
  record Place(Azure azure, String group, Workspace workspace) {}

  void follow(Lineage lineage) {
    Optional<ObjectNode> job = job(lineage);
    commit(lineage.commit());
    job.ifPresent(
        found -> {
          data(JobData.of(found));
          environments(found.path("properties"));
        });
  }

  private Optional<ObjectNode> job(Lineage lineage) {
    String name = lineage.job();
    if (!ArmIds.isName(name)) { // a tag, which anybody may write
      chain.broken(JOB, name.isEmpty() ? "none" : name, "", "the model names no job");
      return Optional.empty();
    }
    String id = "%s/jobs/%s".formatted(workspace.id(), name);
    Fetched<ObjectNode> found = Fetched.of(azure, () -> workspace.find("jobs/" + name));
    found
        .found()
        .ifPresentOrElse(
            job -> add(name, id, job, lineage.content()),
            () -> chain.broken(JOB, name, id, found.why()));
    return found.found();
  }

  private void add(String name, String id, ObjectNode job, String content) {
    String submitted = job.at("/properties/properties").path("mlops.content").asText();
    if (!submitted.isEmpty() && !content.isEmpty() && !submitted.equals(content)) {
      chain.broken(JOB, name, id, "differs: what was submitted is not what the model notes");
    } else {
      chain.found(JOB, name, id, job.at("/properties/status").asText().toLowerCase(Locale.ROOT));
    }
  }

  /** Code lies in no Azure: a commit is looked for in the checkout of the profile. */
  private void commit(Lineage.Commit commit) {
    String changed = commit.dirty().equals("true") ? "files differed from it" : "";
    if (commit.hash().isEmpty() || commit.hash().equals("none")) {
      chain.noted("commit", "none", "", "trained outside a git repository");
      return;
    }
    Path folder = profile.folder();
    if (GitCheckout.holds(folder, commit.hash())) {
      chain.found("commit", commit.hash(), commit.hash(), changed);
    } else {
      String where =
          changed.isEmpty() ? "not in the checkout here" : "not in the checkout here; " + changed;
      chain.noted("commit", commit.hash(), commit.hash(), where);
    }
  }

  private void data(Map<String, String> all) {
    if (all.isEmpty()) {
      chain.noted(DATA, "none", "", "the job takes none by an input");
    }
    all.forEach(this::data);
  }

  private void data(String input, String uri) {
    Optional<AssetReference> asset = AssetReference.parse(DATA, uri);
    Optional<DatastoreUri> files = DatastoreUri.parse(uri);
    if (asset.isPresent()) {
      chain.asked(
          DATA,
          "%s: %s".formatted(input, asset.get().words()),
          uri,
          asset.get().fetch(azure, profile.resourceGroups().ml(), workspace));
    } else if (files.isPresent()) {
      chain.asked(
          DATA,
          "%s: %s".formatted(input, files.get()),
          uri,
          Fetched.of(azure, () -> held(files.get())));
    } else {
      chain.noted(DATA, "%s: %s".formatted(input, uri), uri, "not looked at");
    }
  }

  private Optional<DatastoreUri> held(DatastoreUri place) {
    DatastoreFiles files = new DatastoreFiles(workspace);
    return Optional.of(place).filter(p -> files.exists(p) || !files.list(p).isEmpty());
  }

  /** That of a command, or of each step of a pipeline. */
  private void environments(JsonNode job) {
    Place place = new Place(azure, profile.resourceGroups().ml(), workspace);
    Set<String> ids = new TreeSet<>();
    Set<String> components = new TreeSet<>();
    ids.add(job.path("environmentId").asText());
    job.path("jobs")
        .forEach(
            step -> {
              ids.add(step.path("environmentId").asText());
              components.add(step.path("componentId").asText());
            });
    components.remove("");
    for (String id : components) {
      Optional<AssetReference> component = AssetReference.parse("components", id);
      Fetched<ObjectNode> found =
          component
              .map(c -> c.fetch(azure, place.group(), workspace))
              .orElseGet(() -> new Fetched<>(Optional.empty(), "no id of a component"));
      found
          .found()
          .ifPresentOrElse(
              c -> ids.add(c.at("/properties/componentSpec/environment").asText()),
              () ->
                  chain.broken(
                      "component", id.substring(id.lastIndexOf('/') + 1), id, found.why()));
    }
    ids.remove("");
    ids.forEach(id -> addEnvironment(ENVIRONMENT, id, place, chain));
  }

  /** Adds an environment by its id; Microsoft's own are not asked for. */
  static void addEnvironment(String kind, String id, Place place, ChainBuilder chain) {
    Optional<AssetReference> reference = AssetReference.parse("environments", id);
    if (id.isEmpty()) {
      chain.noted(kind, "none", "", "");
    } else if (reference.isEmpty()) {
      chain.broken(kind, id, id, "no version of an environment");
    } else if (reference.get().registry().equals(Optional.of("azureml"))) {
      chain.noted(kind, reference.get().words(), id, "Microsoft's own");
    } else {
      chain.asked(
          kind,
          reference.get().words(),
          id,
          reference.get().fetch(place.azure(), place.group(), place.workspace()));
    }
  }
}
