package mlops.project;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The files of projects that begin with nothing: a table of houses, and a model of their prices.
 */
final class Templates {
  private static final String FOLDER = "tabular/";
  private static final String DATA = "azureml://datastores/houses_%s/paths/";

  private Templates() {}

  /**
   * What the profile says; that of a blank project names the same files, which are to be written.
   */
  static ProjectDraft draft(NewProject.Template template, String suffix) {
    boolean blank = template == NewProject.Template.BLANK;
    Map<String, String> account = new LinkedHashMap<>();
    account.put("ml", "rg-houses-{suffix}");
    account.put("storage", "rg-houses-storage-{suffix}");
    account.put("storage_account", "sthouses{suffix}");
    account.put("identity", "id-houses-{suffix}");
    return new ProjectDraft(
        blank ? "nothing: the files that it names are for you to write" : "the template tabular",
        suffix,
        account,
        List.of(dev(), target("test"), target("prod")),
        blank ? List.of() : List.of("r2: {min: 0.8}"));
  }

  private static ProjectDraft.Environment dev() {
    Map<String, String> keys = common("dev");
    keys.put("pipeline", "dev/train.yml");
    return new ProjectDraft.Environment("dev", keys, List.of());
  }

  private static ProjectDraft.Environment target(String name) {
    Map<String, String> keys = common(name);
    for (String file : List.of("datastore", "data", "endpoint", "deployment")) {
      keys.put(file, "%s/%s.yml".formatted(name, file));
    }
    keys.put("endpoint_name", "houses-" + name + "-{suffix}");
    keys.put("input", DATA.formatted(name) + "new/houses-new.csv");
    keys.put("output", DATA.formatted(name) + "predictions");
    return new ProjectDraft.Environment(
        name, keys, List.of(new ProjectDraft.Upload("data/houses-new.csv", "new/")));
  }

  private static Map<String, String> common(String name) {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("workspace", "ml-houses-{suffix}-" + name);
    keys.put("compute", "compute/%s.yml".formatted(name));
    keys.put("environment", "dev/environment.yml");
    keys.put("container", "houses-" + name);
    keys.put("model", "houses");
    return keys;
  }

  /** The texts of its files, by name. */
  static Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    text("files.txt").lines().forEach(name -> files.put(name, text(name)));
    return files;
  }

  private static String text(String name) {
    try (InputStream file = Templates.class.getResourceAsStream(FOLDER + name)) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
