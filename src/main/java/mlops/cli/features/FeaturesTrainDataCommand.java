package mlops.cli.features;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import mlops.cli.session.RootCommand;
import mlops.error.MlopsException;
import mlops.features.CheckedDefinitions;
import mlops.features.FeatureRetrievalSpec;
import mlops.features.FeatureSelection;
import mlops.features.join.JoinReport;
import mlops.features.join.JoinRequest;
import mlops.features.join.JoinRequest.RequestedFeature;
import mlops.features.join.PointInTimeJoin;
import mlops.features.spec.FeatureStore;
import mlops.features.table.TableFile;
import mlops.file.OutputFile;
import mlops.profile.Profile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops features train-data}. */
@Command(
    name = "train-data",
    description =
        "Joins features to observations as they were at each one's time, and says what became of every row. Asks no Azure.")
final class FeaturesTrainDataCommand implements Callable<Integer> {
  /** What becomes of rows with the same right and other values. */
  enum Ties {
    STOP,
    LAST
  }

  @Spec CommandSpec spec;

  @Option(
      names = "--observations",
      paramLabel = "FILE",
      required = true,
      description = "What is to be trained on: CSV or Parquet with keys and times.")
  Path observations = Path.of("");

  @Option(
      names = "--features",
      paramLabel = "SET:VERSION[:FEATURE]",
      split = ",",
      required = true,
      description = "Which features, in the order of their columns.")
  List<String> features = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Where the joined rows go: CSV or Parquet.")
  Path out = Path.of("");

  @Option(
      names = "--timestamp",
      paramLabel = "COLUMN",
      description = "The time of each observation (the column that the feature sets name).")
  @Nullable String timestamp;

  @Option(
      names = "--ties",
      paramLabel = "stop|last",
      description = "Rows of one key and time with other values: stop, or take the last (stop).")
  Ties ties = Ties.STOP;

  @Option(
      names = "--as-known",
      description = "Use a row only from its create_timestamp on, for honest backtests.")
  boolean asKnown;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "Of times without an offset, such as Europe/Berlin (UTC).")
  String zone = "UTC";

  @Option(
      names = "--source",
      paramLabel = "SET:VERSION=FILE",
      description = "The rows of a feature set, in place of what its spec says.")
  Map<String, Path> sources = new LinkedHashMap<>();

  @Option(
      names = "--definitions",
      paramLabel = "FOLDER",
      description = "The folder of the definitions (features).")
  @Nullable Path folder;

  @Override
  public Integer call() {
    RootCommand mlops = RootCommand.of(spec);
    CheckedDefinitions checked = CheckedDefinitions.of(FeatureLocation.folder(mlops, folder));
    List<RequestedFeature> asked = FeatureSelection.of(checked.definitions(), features, sources);
    OutputFile file = OutputFile.of("--out", out, start -> input(asked));
    JoinRequest request =
        new JoinRequest(
            TableFile.of("--observations", observations),
            time(asked),
            asked,
            new JoinRequest.Options(ties == Ties.LAST, asKnown, zoneId()),
            file,
            TableFile.format("--out", out));
    Optional<OutputFile> retrieval = checked.definitions().store().map(s -> retrievalFile());
    Optional<String> text =
        checked.definitions().store().map(store -> retrieval(mlops, store, asked).text());
    JoinReport report = PointInTimeJoin.run(request);
    retrieval.ifPresent(
        r -> r.write(o -> o.write(text.orElseThrow().getBytes(StandardCharsets.UTF_8))));
    new TrainDataReport(request, report, retrieval).print(mlops);
    return 0;
  }

  /** What is read would be lost. */
  private Optional<String> input(List<RequestedFeature> asked) {
    Path place = out.toAbsolutePath().normalize();
    if (place.equals(observations.toAbsolutePath().normalize())) {
      return Optional.of("the file of the observations");
    }
    return asked.stream()
        .map(RequestedFeature::source)
        .filter(s -> place.equals(s.file().path().toAbsolutePath().normalize()))
        .findFirst()
        .map(s -> "the source of " + s.id());
  }

  /** Beside the rows, where no such file of Azure's own is overwritten with other features. */
  private OutputFile retrievalFile() {
    return OutputFile.of(
        "the file beside --out",
        out.resolveSibling(FeatureRetrievalSpec.FILE),
        start ->
            start.startsWith("feature_stores:") || start.startsWith("serialization_version:")
                ? Optional.empty()
                : Optional.of("no retrieval spec"));
  }

  private static FeatureRetrievalSpec retrieval(
      RootCommand mlops, FeatureStore store, List<RequestedFeature> asked) {
    Profile profile = mlops.options().profile(mlops.environment().variables());
    tellSample(mlops);
    String none = "00000000-0000-0000-0000-000000000000"; // that of the embedded Azure
    String uri =
        "azureml://subscriptions/%s/resourcegroups/%s/workspaces/%s"
            .formatted(
                profile.subscription().orElse(none), profile.resourceGroups().ml(), store.name());
    return new FeatureRetrievalSpec(uri, store.location().orElse(profile.location()), asked);
  }

  /** Whose resource group the retrieval spec names. */
  private static void tellSample(RootCommand mlops) {
    PrintWriter err = mlops.environment().console().err();
    mlops
        .options()
        .sampleProfile()
        .filter(file -> !mlops.options().quiet)
        .ifPresent(
            file ->
                err.println(
                    "There is no mlops.yml here, so %s is by %s."
                        .formatted(FeatureRetrievalSpec.FILE, file)));
    err.flush();
  }

  private String time(List<RequestedFeature> asked) {
    if (timestamp != null) {
      return timestamp;
    }
    List<String> named =
        asked.stream().map(f -> f.source().spec().source().timestampColumn()).distinct().toList();
    if (named.size() > 1) {
      throw MlopsException.invalid(
          "The feature sets name several columns of times: " + String.join(", ", named),
          "Say by --timestamp which one of the observations counts.");
    }
    return named.get(0);
  }

  private ZoneId zoneId() {
    return ZoneId.getAvailableZoneIds().stream()
        .filter(id -> id.equalsIgnoreCase(zone))
        .findFirst()
        .map(ZoneId::of)
        .orElseThrow(
            () ->
                MlopsException.invalid(
                    "--zone %s is no time zone".formatted(zone),
                    "Name one of the IANA database, such as Europe/Berlin or UTC."));
  }
}
