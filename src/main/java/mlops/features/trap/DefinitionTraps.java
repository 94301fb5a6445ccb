package mlops.features.trap;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mlops.features.spec.ColumnType;
import mlops.features.spec.DataColumn;
import mlops.features.spec.FeatureDefinitions;
import mlops.features.spec.FeatureSet;
import mlops.features.spec.FeatureSetSpec;
import mlops.features.spec.SourceType;

/**
 * The traps that definitions meet on Azure, or will as soon as the data is so. Those that data
 * alone decides (12, 13, 21) the report of a join tells; 7 is in a private preview, and 19 in a
 * call that no definition makes.
 */
public final class DefinitionTraps {
  private static final Duration DAY = Duration.ofDays(1);

  /** By number. */
  public static List<MetTrap> of(FeatureDefinitions definitions) {
    return MetTrap.sorted(
        definitions.sets().stream()
            .flatMap(
                set ->
                    Stream.of(
                            join(set.id(), set.spec()).stream(),
                            online(set),
                            stored(set),
                            versions(set, definitions))
                        .flatMap(met -> met)));
  }

  /** Those that a point-in-time join of a feature set meets. */
  public static List<MetTrap> join(String set, FeatureSetSpec spec) {
    return Stream.of(
            when(
                spec.indexColumns().size() > 1,
                set,
                AzureTrap.KEYS_RUN_TOGETHER,
                "its key is " + names(spec.indexColumns().stream())),
            when(
                spec.isEqualTimeJoin(),
                set,
                AzureTrap.ZERO_LOOKBACK,
                "temporal_join_lookback is 0"),
            when(
                spec.transformer().isPresent() && spec.sourceLookback().isEmpty(),
                set,
                AzureTrap.CUT_WINDOWS,
                "transformation_code, and no source_lookback"),
            when(days(spec), set, AzureTrap.CALENDAR_DAYS, "a delay or lookback of a day or more"),
            when(
                spec.source().type() == SourceType.CSV && texts(spec).findAny().isPresent(),
                set,
                AzureTrap.GUESSED_TYPES,
                "texts in a CSV source: " + names(texts(spec))))
        .flatMap(Optional::stream)
        .toList();
  }

  private static boolean days(FeatureSetSpec spec) {
    return Stream.concat(spec.joinLookback().stream(), Stream.of(spec.source().delay()))
        .anyMatch(span -> span.compareTo(DAY) >= 0);
  }

  private static Stream<DataColumn> texts(FeatureSetSpec spec) {
    return Stream.concat(spec.indexColumns().stream(), spec.features().stream())
        .filter(c -> c.type() == ColumnType.STRING);
  }

  private static Stream<MetTrap> stored(FeatureSet set) {
    return Stream.of(
            when(
                set.offline(),
                set,
                AzureTrap.HALF_MATERIALIZED,
                "offline_enabled, and the store is read as soon as it exists"))
        .flatMap(Optional::stream);
  }

  private static Stream<MetTrap> online(FeatureSet set) {
    FeatureSetSpec spec = set.spec();
    if (!set.online()) {
      return Stream.empty();
    }
    Stream<Optional<MetTrap>> both =
        Stream.of(
            when(true, set, AzureTrap.WHOLE_SECONDS, "online_enabled"),
            when(true, set, AzureTrap.NULL_KEY, "online_enabled"),
            when(
                spec.joinLookback().filter(l -> !l.isZero()).isPresent(),
                set,
                AzureTrap.EXPIRES_AT_LOOKBACK,
                "online_enabled, and a temporal_join_lookback"));
    return Stream.concat(both, spec.schemaVersion() == 1 ? first(set) : second(set))
        .flatMap(Optional::stream);
  }

  /** The layout of schema_version 1. */
  private static Stream<Optional<MetTrap>> first(FeatureSet set) {
    FeatureSetSpec spec = set.spec();
    List<ColumnType> harmless = List.of(ColumnType.FLOAT, ColumnType.DOUBLE, ColumnType.BINARY);
    Stream<DataColumn> texts = spec.features().stream().filter(f -> !harmless.contains(f.type()));
    String names = names(texts);
    return Stream.of(
        when(true, set, AzureTrap.TIED_WRITES, "online_enabled with schema_version 1"),
        when(!names.isEmpty(), set, AzureTrap.NULL_AS_TEXT, "schema_version 1: " + names),
        when(
            spec.joinLookback().isEmpty(),
            set,
            AzureTrap.NO_EXPIRY,
            "schema_version 1 without temporal_join_lookback"));
  }

  /** That of schema_version 2. */
  private static Stream<Optional<MetTrap>> second(FeatureSet set) {
    FeatureSetSpec spec = set.spec();
    List<DataColumn> keys = spec.indexColumns();
    String longs = names(spec.features().stream().filter(f -> f.type() == ColumnType.LONG));
    return Stream.of(
        when(
            keys.size() > 1 && keys.stream().anyMatch(k -> k.type() == ColumnType.STRING),
            set,
            AzureTrap.KEYS_SHARE_A_NAME,
            "schema_version 2, and its key is " + names(keys.stream())),
        when(true, set, AzureTrap.NO_CORRECTION, "online_enabled with schema_version 2"),
        when(!longs.isEmpty(), set, AzureTrap.SHORT_LONGS, "schema_version 2: " + longs));
  }

  private static Stream<MetTrap> versions(FeatureSet set, FeatureDefinitions definitions) {
    String others =
        definitions.sets().stream()
            .filter(s -> s.name().equals(set.name()) && !s.id().equals(set.id()))
            .map(FeatureSet::id)
            .collect(Collectors.joining(", "));
    return when(!others.isEmpty(), set, AzureTrap.VERSIONS_AS_ONE, "in one request with " + others)
        .stream();
  }

  private static Optional<MetTrap> when(boolean met, FeatureSet set, AzureTrap trap, String why) {
    return when(met, set.id(), trap, why);
  }

  private static Optional<MetTrap> when(boolean met, String set, AzureTrap trap, String why) {
    return met ? Optional.of(new MetTrap(trap, set, why)) : Optional.empty();
  }

  private static String names(Stream<DataColumn> columns) {
    return columns.map(DataColumn::name).collect(Collectors.joining(", "));
  }

  private DefinitionTraps() {}
}
