package mlops.cli.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.RootCommand;
import mlops.cli.terminal.Console;
import mlops.emulator.run.python.KeptEnvironments;
import mlops.emulator.run.python.KeptEnvironments.Kept;
import mlops.emulator.run.python.VirtualEnvironments;
import mlops.emulator.run.python.build.Interpreters;
import mlops.emulator.run.record.JobFailure;
import mlops.error.MlopsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops local environments}. */
@Command(
    name = "environments",
    description =
        "Lists the Python environments of jobs, which all states share; removes or rebuilds them.")
final class LocalEnvironmentsCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(
      names = "--remove",
      paramLabel = "NAME|all",
      description = "Remove this one, or all and what was downloaded for them.")
  List<String> remove = new ArrayList<>();

  @Option(
      names = "--rebuild",
      paramLabel = "NAME",
      description = "Build this one anew, with the Python that there is now.")
  List<String> rebuild = new ArrayList<>();

  @Override
  public Integer call() {
    RootCommand mlops = RootCommand.of(spec);
    LocalAzure local = LocalAzure.of(mlops);
    Path cache = local.options().runner().environments();
    KeptEnvironments kept =
        new KeptEnvironments(
            cache,
            new VirtualEnvironments(
                cache, local.options().runner().match(), Interpreters.ofUser()));
    try {
      return call(kept, mlops);
    } catch (JobFailure e) {
      throw MlopsException.failed("EnvironmentNotBuilt", e.message(), "Run it again then.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int call(KeptEnvironments kept, RootCommand mlops) throws IOException {
    List<String> did = new ArrayList<>();
    for (String name : remove) {
      if (name.equals("all")) {
        for (Kept one : kept.list()) {
          did.add(removed(kept.remove(one), one.name()));
        }
        did.add(removed(kept.removeDownloads(), "what was downloaded"));
      } else {
        Kept one = find(kept.list(), name);
        did.add(removed(kept.remove(one), one.name()));
      }
    }
    for (String name : rebuild) {
      did.add("built " + kept.rebuild(find(kept.list(), name)));
    }
    Console console = mlops.environment().console();
    if (mlops.options().json()) {
      json(kept, new JsonDocument("local environments", mlops.options())).print(console);
    } else {
      did.forEach(console.out()::println);
      if (did.isEmpty()) {
        new EnvironmentTable(kept.list(), kept.downloads()).print(kept.cache(), console.out());
      }
      console.out().flush();
    }
    return 0;
  }

  private static String removed(boolean whole, String name) {
    if (!whole) {
      throw MlopsException.failed(
          "LeftOver",
          "Not all files of %s could be deleted".formatted(name),
          "Look who uses them.");
    }
    return "removed " + name;
  }

  /** By its name, or by the start of it. */
  private static Kept find(List<Kept> all, String name) {
    List<Kept> found = all.stream().filter(one -> one.name().startsWith(name)).toList();
    if (found.size() != 1) {
      throw MlopsException.invalid(
          found.isEmpty()
              ? "There is no environment " + name
              : "%s is the start of %d names".formatted(name, found.size()),
          "`mlops local environments` lists them.");
    }
    return found.get(0);
  }

  private static JsonDocument json(KeptEnvironments kept, JsonDocument document)
      throws IOException {
    ObjectNode result = document.result();
    result.put("folder", kept.cache().toString()).put("downloads", kept.downloads());
    ArrayNode all = result.putArray("environments");
    for (Kept one : kept.list()) {
      ObjectNode json = all.addObject().put("name", one.name()).put("bytes", one.bytes());
      one.record()
          .ifPresent(
              record -> {
                json.put("lastUsed", one.lastUsed().toString()).put("python", record.python());
                json.put("builder", record.builder());
                record.wanted().packages().forEach(json.putArray("packages")::add);
                record.changed().forEach(json.putArray("changed")::add);
                record.leftOut().forEach(json.putArray("leftOut")::add);
                kept.installed(one).forEach(json.putArray("installed")::add);
              });
    }
    return document;
  }
}
