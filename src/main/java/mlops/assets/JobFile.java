package mlops.assets;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import mlops.assets.field.EnumMapping;
import mlops.assets.field.FileSection;
import mlops.assets.field.ResourceDraft;
import mlops.assets.field.UnsupportedField;
import mlops.assets.job.CommandJobFile;
import mlops.assets.job.JobDraft;
import mlops.assets.job.JobSummary;
import mlops.assets.job.PipelineJobFile;
import mlops.assets.job.SparkJobFile;
import mlops.assets.job.SweepJobFile;
import mlops.assets.job.UnsupportedJobTypes;
import mlops.yaml.Mistakes;
import mlops.yaml.YamlFile;
import mlops.yaml.YamlNode;

/**
 * A pipeline, command, spark or sweep job, {@code az ml job create --file}, read and found right.
 */
public final class JobFile {
  /** The end of the place of an input that takes the model to beat. */
  public static final String CHAMPION = ".inputs.champion";

  private static final EnumMapping TYPE = EnumMapping.same("command", "pipeline", "spark", "sweep");

  private final Path path;
  private final Set<String> inputs;
  private final ResourceDraft draft;
  private final JobSummary outline;
  private final List<String> notes;

  /**
   * @param inputs those that the file itself names
   * @param notes what a user should know of it, a line each
   */
  private JobFile(Path path, Set<String> inputs, JobDraft job, List<String> notes) {
    this.path = path;
    this.inputs = inputs;
    this.draft = job.draft();
    this.outline = job.outline();
    this.notes = notes;
  }

  /**
   * Reads a file.
   *
   * @throws mlops.error.MlopsException of kind INVALID that names every mistake with its line and
   *     column
   */
  public static JobFile read(Path path, FieldOverrides overrides) {
    Mistakes mistakes = new Mistakes();
    Optional<YamlNode> written = YamlFile.read(path, mistakes).flatMap(YamlNode::asMap);
    Set<String> inputs =
        written
            .flatMap(root -> root.at("inputs"))
            .map(map -> map.entries().keySet())
            .orElse(Set.of());
    Optional<JobDraft> job =
        written
            .map(root -> overrides.onto(root, mistakes))
            .filter(SchemaField::isBuilt)
            .map(
                root -> new FileSection(root, List.of(path.toAbsolutePath().normalize()), mistakes))
            .flatMap(JobFile::job);
    mistakes.throwIfAny();
    return new JobFile(path, inputs, job.orElseThrow(mistakes::asException), mistakes.notes());
  }

  private static Optional<JobDraft> job(FileSection file) {
    if (SchemaField.kind(file.node()).filter(kind -> kind.endsWith("component")).isPresent()) {
      String hint = "a job of a pipeline can run it";
      file.node()
          .at("$schema")
          .ifPresent(schema -> schema.mistake("this is a component, expected a job", hint));
      return Optional.empty();
    }
    if (file.node().at("type").isEmpty() && file.node().at("jobs").isPresent()) {
      file.node().mistakeAt("jobs", "a job without a type is a command", "write type: pipeline");
      return Optional.empty();
    }
    Optional<String> type =
        file.node()
            .at("type")
            .map(t -> UnsupportedField.check(t, UnsupportedJobTypes.OTHER, TYPE))
            .orElse(Optional.of("command"));
    return type.map(
        t ->
            switch (t) {
              case "pipeline" -> PipelineJobFile.read(file);
              case "spark" -> SparkJobFile.read(file);
              case "sweep" -> SweepJobFile.read(file);
              default -> CommandJobFile.read(file);
            });
  }

  public Path path() {
    return path;
  }

  /** The name in the file; empty where the file leaves it to whoever submits. */
  public Optional<String> name() {
    return Optional.of(draft.name()).filter(name -> !name.isEmpty());
  }

  public JobSummary outline() {
    return outline;
  }

  /** What is taken as Azure's client takes it, and hardly meant so. */
  public List<String> notes() {
    return notes;
  }

  /**
   * Whether a job of a pipeline takes this input of the pipeline, or a command names it: nobody
   * would notice another one. What the file of a command has as an input is used for all that is
   * known: the program finds each in its environment. So is that of a job which is a component.
   */
  public boolean uses(String input) {
    boolean pipeline = outline.type().equals("pipeline");
    boolean jobs = pipeline && draft.body().at("/properties/componentId").isMissingNode();
    String before = pipeline ? "parent\\.inputs\\." : "\\binputs\\.";
    Pattern binding = Pattern.compile(before + Pattern.quote(input) + "(?![\\w-])");
    return (!jobs && inputs.contains(input)) || mentions(draft.body(), binding);
  }

  /** Whether a job is given a model to beat, or takes one that the file leaves open. */
  public boolean takesChampion() {
    return outline.inputs().containsKey("champion")
        || outline.openInputs().stream().anyMatch(place -> place.endsWith(CHAMPION))
        || StreamSupport.stream(draft.body().at("/properties/jobs").spliterator(), false)
            .anyMatch(job -> job.path("inputs").has("champion"));
  }

  private static boolean mentions(JsonNode node, Pattern text) {
    return node.isTextual()
        ? text.matcher(node.asText()).find()
        : StreamSupport.stream(node.spliterator(), false).anyMatch(child -> mentions(child, text));
  }

  /** The environments that Microsoft keeps for everybody, as this and its components name them. */
  public Set<String> curatedEnvironments() {
    return CuratedReferences.in(draft);
  }

  /**
   * The requests that submit the job. Where the file names none, the job's resource has an empty
   * name; give it one with {@link Resource#withName}.
   */
  public AssetRequests translate(WorkspaceLookup workspace) {
    return ReferenceResolver.translate(draft, workspace);
  }
}
