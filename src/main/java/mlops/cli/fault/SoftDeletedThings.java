package mlops.cli.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import mlops.azure.Azure;
import mlops.error.MlopsException;
import mlops.plan.Progress;
import mlops.plan.Recipe;
import mlops.plan.Runner;
import mlops.plan.StepResult;
import mlops.profile.Profile;
import mlops.steps.bootstrap.Bootstrap;
import mlops.steps.bootstrap.DeletedNames;
import mlops.steps.bootstrap.DerivedIds;
import mlops.yaml.SpellingSuggestion;

/**
 * Workspaces and key vaults of a profile that somebody has deleted: made as bootstrap makes them,
 * with what they stand on, and deleted. That happens once in a state, so that what a command then
 * does about it lasts.
 *
 * @param azure without faults
 */
record SoftDeletedThings(Azure azure, Profile profile, Path state, Clock clock) {
  /** The things that were deleted, one a line. */
  private static final String FILE = ".soft-deleted";

  /** A thing of the profile: the step that makes it, and where it lies. */
  private record Thing(String step, String id, String apiVersion) {}

  /**
   * Deletes what was not yet.
   *
   * @param names such as {@code workspaces/ml-01}
   * @throws MlopsException INVALID for what the profile does not have
   */
  void add(Set<String> names) {
    Map<String, Thing> known = known();
    List<Thing> things = names.stream().map(name -> thing(name, known)).toList();
    List<String> done = done();
    List<Thing> due = things.stream().filter(t -> !done.contains(t.id())).toList();
    due.forEach(this::make);
    due.forEach(
        thing -> {
          azure.arm().delete(thing.id(), thing.apiVersion());
          note(thing);
        });
  }

  private Map<String, Thing> known() {
    Map<String, Thing> known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Profile.Environment environment : profile.environments()) {
      String env = environment.name();
      DerivedIds ids =
          new DerivedIds(azure, profile.resourceGroups().ml(), environment.workspace());
      known.put(
          "workspaces/" + environment.workspace(),
          new Thing("workspace." + env, ids.workspaceId(), DerivedIds.WORKSPACE_API));
      String vault = ids.keyVaultId();
      known.put(
          "vaults/" + vault.substring(vault.lastIndexOf('/') + 1),
          new Thing("key-vault." + env, vault, DerivedIds.KEY_VAULT_API));
    }
    return known;
  }

  private static Thing thing(String name, Map<String, Thing> known) {
    Thing thing = known.get(name);
    if (thing == null) {
      throw MlopsException.invalid(
          "soft-deleted names %s, which the profile does not have".formatted(name),
          SpellingSuggestion.wayOut(
              name.toLowerCase(Locale.ROOT),
              known.keySet(),
              "It has " + String.join(", ", known.keySet()) + "."));
    }
    return thing;
  }

  private void make(Thing thing) {
    Recipe recipe =
        Bootstrap.recipe(azure, profile, DeletedNames.RECOVER).upTo(thing.step()).orElseThrow();
    for (StepResult result : new Runner(clock, Progress.silent(), 10).run(recipe)) {
      if (result instanceof StepResult.Failed failed) {
        throw MlopsException.failed(
            "RehearsalNotReady",
            "%s cannot be made to be soft-deleted: %s"
                .formatted(thing.id(), failed.cause().getMessage()),
            "Take it out of soft-deleted, or start anew with `mlops local reset`.");
      }
    }
  }

  private List<String> done() {
    try {
      Path file = state.resolve(FILE);
      return Files.exists(file) ? Files.readAllLines(file) : new ArrayList<>();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void note(Thing thing) {
    try {
      Files.writeString(
          state.resolve(FILE),
          thing.id() + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
