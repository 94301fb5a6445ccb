package mlops.cli.about;

import com.azure.core.util.CoreUtils;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.RootCommand;
import mlops.steps.GitCheckout;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mlops version}: what a report of a bug should say. */
@Command(
    name = "version",
    description = "Shows the version of mlops, of Java and of the Azure SDK.")
public final class VersionCommand implements Callable<Integer> {
  /** Libraries of the Azure SDK that tell their version in a file of this name. */
  private static final List<String> LIBRARIES =
      List.of(
          "azure-core",
          "azure-identity",
          "azure-storage-blob",
          "azure-resourcemanager-resources",
          "azure-resourcemanager-storage",
          "azure-resourcemanager-msi",
          "azure-resourcemanager-authorization");

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec given = Objects.requireNonNull(spec);
    RootCommand mlops = RootCommand.of(given);
    Map<String, String> versions = versions(given);
    if (mlops.options().json()) {
      JsonDocument document = new JsonDocument("version", mlops.options());
      versions.forEach(document.result()::put);
      document.print(mlops.environment().console());
      return 0;
    }
    int width = versions.keySet().stream().mapToInt(String::length).max().orElse(0);
    PrintWriter out = mlops.environment().console().out();
    versions.forEach((name, version) -> out.printf("%-" + width + "s  %s%n", name, version));
    out.flush();
    return 0;
  }

  private static Map<String, String> versions(CommandSpec spec) {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("mlops", spec.root().version()[0].replaceFirst("^mlops ", ""));
    commit().ifPresent(commit -> versions.put("commit", commit));
    versions.put(
        "java",
        "%s (%s)".formatted(System.getProperty("java.version"), System.getProperty("java.vendor")));
    versions.put(
        "system",
        "%s %s (%s)"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")));
    for (String library : LIBRARIES) {
      String version = CoreUtils.getProperties(library + ".properties").get("version");
      versions.put(library, version == null ? "unknown" : version);
    }
    return versions;
  }

  /** Of the sources beside the launcher; a release has none, and its version says enough. */
  private static Optional<String> commit() {
    Path home = Path.of(System.getProperty("mlops.home", "")).toAbsolutePath();
    return Files.exists(home.resolve("pom.xml")) && Files.exists(home.resolve(".git"))
        ? GitCheckout.of(home).map(c -> c.commit() + (c.dirty() ? ", with changes" : ""))
        : Optional.empty();
  }
}
