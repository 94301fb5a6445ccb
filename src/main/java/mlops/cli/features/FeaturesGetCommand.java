package mlops.cli.features;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.RootCommand;
import mlops.error.MlopsException;
import mlops.features.LookupSelection;
import mlops.features.online.FeatureLookup;
import mlops.features.online.FeatureLookup.Asked;
import mlops.features.online.FeatureLookup.Found;
import mlops.features.online.OnlineKey;
import mlops.features.online.OnlineStore;
import mlops.features.online.OnlineStores;
import mlops.features.serve.LookupJson;
import mlops.features.spec.DataColumn;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mlops features get}. */
@Command(
    name = "get",
    description = "Looks up the newest values of keys in the online store, as a model would.")
final class FeaturesGetCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "KEY=VALUE",
      description = "The key; a name that is repeated starts the next key.")
  List<String> pairs = new ArrayList<>();

  @Option(
      names = "--features",
      paramLabel = "SET:VERSION[:FEATURE]",
      split = ",",
      description = "Which features (all that are defined).")
  List<String> features = new ArrayList<>();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "When age is counted: a day, or a time with an offset, such as 2026-03-04T10:00:00Z (now).")
  @Nullable String at;

  @Mixin StoreOptions store;

  @Override
  public Integer call() {
    RootCommand mlops = RootCommand.of(spec);
    Instant when = Times.at("--at", at, mlops.environment().clock());
    List<Map<String, String>> texts = keys();
    StoreOptions.Place place = store.find(spec);
    List<Asked> asked = LookupSelection.of(place.definitions(), features, place.id());
    List<Map<String, Object>> keys = texts.stream().map(key -> typed(key, asked)).toList();
    try (OnlineStore online = OnlineStores.open(place.online())) {
      List<Found> found = new FeatureLookup(online, asked).get(keys, when);
      if (mlops.options().json()) {
        JsonDocument document = new JsonDocument("features get", mlops.options());
        document.result().put("online", online.place()).put("at", when.toString());
        LookupJson.rows(found, when, document.result().putArray("rows"));
        document.print(mlops.environment().console());
      } else {
        FoundText.print(found, when, mlops.environment().console());
      }
    }
    return 0;
  }

  private List<Map<String, String>> keys() {
    List<Map<String, String>> keys = new ArrayList<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw MlopsException.invalid("%s is no key".formatted(pair), "Write it like zone=Chelsea.");
      }
      String name = pair.substring(0, equals);
      if (keys.isEmpty() || keys.get(keys.size() - 1).containsKey(name)) {
        keys.add(new LinkedHashMap<>());
      }
      keys.get(keys.size() - 1).put(name, pair.substring(equals + 1));
    }
    return keys;
  }

  /** The values in the types that the sets declare; a name that no set has is a mistake. */
  private static Map<String, Object> typed(Map<String, String> key, List<Asked> asked) {
    Map<String, Object> typed = new LinkedHashMap<>();
    key.forEach(
        (name, text) -> {
          Optional<DataColumn> column =
              asked.stream()
                  .flatMap(a -> a.table().spec().indexColumns().stream())
                  .filter(k -> k.name().equals(name))
                  .findFirst();
          if (column.isEmpty()) {
            throw MlopsException.invalid(
                "%s is no key of what is looked up".formatted(name),
                "Keys are: %s."
                    .formatted(
                        String.join(
                            ", ",
                            asked.stream()
                                .flatMap(a -> a.table().spec().indexColumns().stream())
                                .map(DataColumn::name)
                                .distinct()
                                .toList())));
          }
          typed.put(name, value(text, column.get()));
        });
    return typed;
  }

  private static Object value(String text, DataColumn column) {
    return OnlineKey.read(text, column)
        .orElseThrow(
            () ->
                MlopsException.invalid(
                    "%s=%s is no %s".formatted(column.name(), text, column.type().word()),
                    "Give the key in the type that the entity declares."));
  }
}
