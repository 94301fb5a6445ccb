package mlops.emulator.run.feature;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.ml.asset.BuiltInComponents;
import mlops.emulator.run.job.CommandProgram;
import mlops.emulator.run.job.CommandRun;
import mlops.emulator.run.job.CommandTask;
import mlops.emulator.run.job.Job;
import mlops.emulator.run.process.JobFolder;
import mlops.emulator.run.python.PythonPrograms;
import mlops.emulator.run.record.InputValue;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.JobFields;
import mlops.emulator.run.record.RunRecord;
import mlops.error.MlopsException;
import mlops.features.join.JoinReport;
import mlops.features.join.JoinRequest;
import mlops.features.join.JoinRequest.RequestedFeature;
import mlops.features.join.PointInTimeJoin;
import mlops.features.spec.RetrievalList;
import mlops.features.table.TableFile;
import mlops.file.OutputFile;

/**
 * The component {@code feature_retrieval} of Azure as a step of a pipeline: joins features of a
 * store to observations. Azure runs it on Spark; here it is the join of {@code mlops features}.
 */
public final class FeatureRetrieval implements CommandProgram {
  private static final String MODEL = "input_model";
  private static final String SPEC = "feature_retrieval_spec";
  private static final String INPUT = "AZURE_ML_INPUT_";

  private final Job job;
  private final CommandTask task;

  private FeatureRetrieval(Job job, CommandTask task) {
    this.job = job;
    this.task = task;
  }

  /** Whether a step of a pipeline is this component. */
  public static boolean isOne(JsonNode node) {
    return BuiltInComponents.isFeatureRetrieval(JobFields.text(node, "componentId", "component"));
  }

  /** Runs a step of a pipeline. */
  public static Map<String, InputValue.Data> ofStep(Job job, CommandTask task, RunRecord run) {
    return new CommandRun(job, task, run, 1, new FeatureRetrieval(job, task)).execute();
  }

  @Override
  public PythonPrograms prepare(Job on, CommandTask asked) {
    String note = "On Azure this step runs on Spark; here the join of mlops features does it.";
    return new PythonPrograms("", "", List.of(note), Map.of());
  }

  @Override
  public void run(
      JobFolder folder, String line, PythonPrograms python, Map<String, String> variables) {
    TableFile observations = observations(variables);
    String named = which(variables);
    RetrievalInput asked = RetrievalInput.in(Path.of(variables.get(INPUT + named)), named);
    StoredFeatureSets sets =
        new StoredFeatureSets(job, job.computes().actor(task), folder.root().resolve("sets"));
    List<RequestedFeature> features =
        asked.list().features().stream()
            .map(f -> new RequestedFeature(sets.of(f), f.name()))
            .toList();
    Path out = Path.of(variables.getOrDefault("AZURE_ML_OUTPUT_output_data", ""));
    try {
      JoinReport report = PointInTimeJoin.run(request(observations, variables, features, out));
      RetrievalLog.lines(report).forEach(folder::say);
      Files.copy(asked.file(), out.resolve(RetrievalList.FILE));
    } catch (MlopsException e) {
      throw failure(e, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one of the two inputs that says which features. */
  private static String which(Map<String, String> variables) {
    boolean model = variables.containsKey(INPUT + MODEL);
    if (model == variables.containsKey(INPUT + SPEC)) {
      throw JobFailure.user(
          model
              ? "Only one of input_model or feature_retrieval_spec should be provided."
              : "One of input_model or feature_retrieval_spec is needed: neither has a value.");
    }
    return model ? MODEL : SPEC;
  }

  private static TableFile observations(Map<String, String> variables) {
    TableFile.Format format = format(variables.getOrDefault(INPUT + "observation_data_format", ""));
    Path place = Path.of(variables.getOrDefault(INPUT + "observation_data", ""));
    return new TableFile("observation_data", place, format);
  }

  private static JoinRequest request(
      TableFile observations,
      Map<String, String> variables,
      List<RequestedFeature> features,
      Path out) {
    return new JoinRequest(
        observations,
        variables.getOrDefault(INPUT + "timestamp_column", ""),
        features,
        new JoinRequest.Options(false, false, ZoneId.of("UTC")),
        OutputFile.of(
            "output_data", out.resolve("data/part-00000.parquet"), start -> Optional.empty()),
        TableFile.Format.PARQUET);
  }

  private static TableFile.Format format(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "parquet" -> TableFile.Format.PARQUET;
      case "csv" -> TableFile.Format.CSV;
      case "delta" ->
          throw new JobFailure(
              "NotImplemented",
              "The embedded Azure reads no observation_data in the format delta, only parquet and csv. Write the observations as one of these.");
      default ->
          throw JobFailure.user(
              "observation_data_format is '%s'. Please provide a valid observation_data_format type. Supported values are 'parquet', 'csv' and 'delta'."
                  .formatted(word));
    };
  }

  /** What the join says, with paths as the job knows them, and a way out that a job has. */
  private static JobFailure failure(MlopsException e, JobFolder folder) {
    String way =
        e.code().equals("TiedFeatures")
            ? "Say in a column create_timestamp of the source which of them was written last."
            : e.hint();
    String text = "%s. %s".formatted(e.message(), way);
    return JobFailure.user(text.replace(folder.root() + "/", ""));
  }
}
