package mlops.steps.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.assets.FieldOverrides;
import mlops.azure.Azure;
import mlops.azure.ml.Workspace;
import mlops.profile.Profile;
import mlops.yaml.Mistakes;
import mlops.yaml.YamlFile;
import mlops.yaml.YamlNode;

/**
 * The input of a pipeline that says which features to retrieve. Its file names a feature store with
 * subscription and resource group: here those of the profile take the place of what is written, as
 * the names of endpoints do, and the id of the store that is there.
 */
final class RetrievalSpecInput {
  private static final String INPUT = "feature_retrieval_spec";
  private static final String FILE = "feature_retrieval_spec.yaml";
  private static final Pattern URI =
      Pattern.compile(
          "(?m)^(\\s*(?:- )?uri:\\s*azureml://subscriptions/)[^/\\s]+(/resourcegroups/)[^/\\s]+(/workspaces/\\S+)",
          Pattern.CASE_INSENSITIVE);

  /** The store's id comes behind its address, as Azure's client writes it. */
  private static final Pattern ID =
      Pattern.compile(
          "(?m)(uri:[^\\n]*/workspaces/(\\S+)\\s*\\n(?:(?!.*\\buri:).*\\n)*?\\s*workspace_id:\\s*)[0-9a-fA-F-]+");

  /**
   * What was given, and the profile's retrieval spec where the file has one in a folder here.
   *
   * @param job the file of the job
   */
  static FieldOverrides in(Path job, FieldOverrides given, Azure azure, Profile profile) {
    if (given.below("inputs").contains(INPUT)) {
      return given;
    }
    Optional<Path> file =
        YamlFile.read(job, new Mistakes()) // its mistakes are told by whoever reads it as a job
            .flatMap(YamlNode::asMap)
            .flatMap(root -> root.map("inputs"))
            .flatMap(inputs -> inputs.map(INPUT))
            .flatMap(input -> input.text("path"))
            .filter(path -> !path.contains(":"))
            .map(path -> job.toAbsolutePath().resolveSibling(path).normalize().resolve(FILE))
            .filter(Files::isRegularFile);
    return file.flatMap(found -> rewritten(found, azure, profile))
        .map(folder -> given.with("inputs.%s.path".formatted(INPUT), folder.toString()))
        .orElse(given);
  }

  /**
   * A copy of the folder of a file, with the profile's names in it; empty where these are there.
   */
  private static Optional<Path> rewritten(Path file, Azure azure, Profile profile) {
    try {
      String text = Files.readString(file);
      String group = Matcher.quoteReplacement(profile.resourceGroups().ml());
      String named =
          URI.matcher(text).replaceAll("$1%s$2%s$3".formatted(azure.subscription(), group));
      named = ID.matcher(named).replaceAll(found -> withId(found, azure, profile));
      if (named.equals(text)) {
        return Optional.empty();
      }
      Path temporary = Files.createTempDirectory("mlops-features-");
      Path folder = temporary.resolve(String.valueOf(file.resolveSibling("").getFileName()));
      Path copy = folder.resolve(FILE);
      Files.createDirectories(folder);
      Files.writeString(copy, named);
      List.of(temporary, folder, copy).forEach(path -> path.toFile().deleteOnExit());
      return Optional.of(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  /** What is written stays where there is no such store yet. */
  private static String withId(MatchResult found, Azure azure, Profile profile) {
    String group = profile.resourceGroups().ml();
    String text =
        new Workspace(azure, group, found.group(2))
            .find()
            .map(store -> found.group(1) + store.at("/properties/workspaceId").asText())
            .orElse(found.group());
    return Matcher.quoteReplacement(text);
  }

  private RetrievalSpecInput() {}
}
