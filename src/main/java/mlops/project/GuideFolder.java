package mlops.project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.error.MlopsException;

/**
 * A folder that is laid out like the guide: variables in {@code scripts/env.ps1}, the steps in the
 * README, Azure ML files in {@code compute}, {@code dev}, {@code test} and {@code prod}.
 */
final class GuideFolder {
  static final String SCRIPT = "scripts/env.ps1";

  private static final List<String> READMES = List.of("README.md", "readme.md");

  private final Path folder;
  private final PowerShellText guide = new PowerShellText();
  private final List<String> missing = new ArrayList<>();

  private GuideFolder(Path folder) {
    this.folder = folder;
  }

  /** Whether a folder looks like the guide's. */
  static boolean isOne(Path folder) {
    return Files.isRegularFile(folder.resolve(SCRIPT));
  }

  /**
   * What a profile for the folder says.
   *
   * @throws MlopsException INVALID, with all that is missing
   */
  static ProjectDraft draft(Path folder, Optional<String> suffix) {
    if (!isOne(folder)) {
      throw MlopsException.invalid(
          "%s is not laid out like the guide: it has no %s"
              .formatted(folder.toAbsolutePath().normalize(), SCRIPT),
          "Name the folder of the guide, or start with --template tabular or --template blank.");
    }
    return new GuideFolder(folder).draft(suffix);
  }

  private ProjectDraft draft(Optional<String> suffix) {
    guide.read(text(folder.resolve(SCRIPT)));
    READMES.stream()
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .ifPresent(readme -> guide.read(text(readme)));
    Map<String, String> account = new LinkedHashMap<>();
    account.put("location", guide.find("resource_region").orElse("eastus2"));
    account.put("ml", variable("resource_group_ml"));
    account.put("storage", variable("resource_group_stg"));
    account.put("storage_account", variable("storage_name"));
    account.put("identity", variable("managed_identity_mlgroup"));
    GuideEnvironments environments = new GuideEnvironments(folder, guide, missing);
    List<ProjectDraft.Environment> all =
        List.of(
            environments.dev(variable("workspace01")),
            environments.target("test", variable("workspace02")),
            environments.target("prod", variable("workspace03")));
    if (!missing.isEmpty()) {
      throw MlopsException.invalid(
          "%s is laid out like the guide but for this:%n    %s"
              .formatted(
                  folder.toAbsolutePath().normalize(), String.join("%n    ".formatted(), missing)),
          "Add what is missing, or write the profile by hand: mlops init --template blank.");
    }
    String own = guide.suffix().isEmpty() ? "demo" : guide.suffix();
    return new ProjectDraft(SCRIPT + " and README.md", suffix.orElse(own), account, all, List.of());
  }

  private String variable(String name) {
    Optional<String> value = guide.find(name);
    if (value.isEmpty()) {
      missing.add("%s sets no variable $%s".formatted(SCRIPT, name));
    }
    return value.orElse("");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw MlopsException.invalid(file + " is not a text in UTF-8", "Save it as UTF-8.");
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
