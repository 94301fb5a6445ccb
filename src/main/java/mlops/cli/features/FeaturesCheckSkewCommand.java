package mlops.cli.features;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import mlops.cli.session.RootCommand;
import mlops.error.MlopsException;
import mlops.features.FeatureSelection;
import mlops.features.join.JoinRequest.RequestedFeature;
import mlops.features.online.OnlineStore;
import mlops.features.online.OnlineStores;
import mlops.features.online.OnlineTable;
import mlops.features.skew.SkewCheck;
import mlops.features.skew.SkewReport;
import mlops.features.skew.SkewRequest;
import mlops.features.spec.FeatureSet;
import mlops.features.table.SourceTable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mlops features check-skew}. */
@Command(
    name = "check-skew",
    description =
        "Computes sampled keys again as for training, and names every value that serving would give otherwise, and why. Exits with 3 where there is one.")
final class FeaturesCheckSkewCommand implements Callable<Integer> {
  private static final int DIFFERENT = 3;

  @Spec CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "SET:VERSION",
      description = "Which feature sets (all that are defined).")
  List<String> sets = new ArrayList<>();

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "How many keys of each set, always the same ones (10000).")
  long sample = 10_000;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "When both are asked: a day, or a time with an offset, such as 2026-03-04T10:00:00Z (now).")
  @Nullable String at;

  @Option(
      names = "--source",
      paramLabel = "SET:VERSION=FILE",
      description = "The rows of a feature set, in place of what its spec says.")
  Map<String, Path> sources = new LinkedHashMap<>();

  @Mixin StoreOptions store;

  @Override
  public Integer call() {
    RootCommand mlops = RootCommand.of(spec);
    if (sample < 1) {
      throw MlopsException.invalid("--sample is " + sample, "Give a number from 1 on.");
    }
    Instant when = Times.at("--at", at, mlops.environment().clock());
    StoreOptions.Place place = store.find(spec);
    List<String> ids =
        sets.isEmpty() ? place.definitions().sets().stream().map(FeatureSet::id).toList() : sets;
    List<SourceTable> tables =
        FeatureSelection.of(place.definitions(), ids, sources).stream()
            .map(RequestedFeature::source)
            .distinct()
            .toList();
    try (OnlineStore online = OnlineStores.open(place.online())) {
      List<SkewReport> reports =
          tables.stream().map(t -> SkewCheck.of(request(t, place, online, when))).toList();
      new SkewText(reports, online.place()).print(mlops);
      return reports.stream().allMatch(r -> r.skews().isEmpty()) ? 0 : DIFFERENT;
    }
  }

  private SkewRequest request(
      SourceTable source, StoreOptions.Place place, OnlineStore online, Instant when) {
    String name = source.id().substring(0, source.id().indexOf(':'));
    String version = source.id().substring(name.length() + 1);
    OnlineTable table = OnlineTable.of(place.id(), name, version, source.spec());
    return new SkewRequest(source, online, table, place.folder().set(name, version), sample, when);
  }
}
