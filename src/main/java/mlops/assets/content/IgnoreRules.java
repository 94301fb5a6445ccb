package mlops.assets.content;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.error.MlopsException;

/**
 * What a folder keeps out of its snapshot: {@code .amlignore}, else {@code .gitignore}, of the
 * folder itself. The last rule that matches decides, and nothing below an ignored folder comes
 * back, as in git.
 */
final class IgnoreRules {
  /**
   * Left out always: nobody means to send these, and they change without the code changing. The
   * state of the local Azure also holds its keys.
   */
  private static final List<String> BUILT_IN =
      List.of(".git", ".mlops/", "__pycache__/", ".ipynb_checkpoints/", ".DS_Store");

  private final List<IgnoreRule> rules;

  private IgnoreRules(List<IgnoreRule> rules) {
    this.rules = rules;
  }

  static IgnoreRules of(Path folder) {
    for (String name : List.of(".amlignore", ".gitignore")) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        return parse(read(file));
      }
    }
    return parse(List.of());
  }

  static IgnoreRules parse(List<String> lines) {
    return new IgnoreRules(
        Stream.concat(BUILT_IN.stream(), lines.stream())
            .map(IgnoreRule::parse)
            .flatMap(Optional::stream)
            .toList());
  }

  /**
   * Whether this file or folder, none of whose parents is ignored, is ignored itself.
   *
   * @param path relative to the folder, with {@code /} between names
   */
  boolean ignores(String path, boolean isFolder) {
    boolean ignored = false;
    for (IgnoreRule rule : rules) {
      if (rule.matches(path, isFolder)) {
        ignored = !rule.isNegated();
      }
    }
    return ignored;
  }

  private static List<String> read(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw MlopsException.invalid("the file %s is not UTF-8".formatted(file), "save it as UTF-8");
    } catch (IOException e) {
      throw MlopsException.invalid(
          "the file %s cannot be read".formatted(file), "change its permissions");
    }
  }
}
