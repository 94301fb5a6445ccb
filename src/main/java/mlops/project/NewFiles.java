package mlops.project;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.error.MlopsException;
import mlops.file.OutputFile;

/** The files that a project gets: all or none, and none in the place of one that is there. */
final class NewFiles {
  private final Path folder;
  private final Map<String, String> texts = new LinkedHashMap<>();

  NewFiles(Path folder) {
    this.folder = folder;
  }

  NewFiles with(String name, String text) {
    texts.put(name, text);
    return this;
  }

  /** The same where nobody has such a file yet. */
  NewFiles unlessThere(String name, String text) {
    return Files.exists(folder.resolve(name)) ? this : with(name, text);
  }

  /**
   * Writes them.
   *
   * @param force whether files that are there may be replaced
   * @return their names
   * @throws MlopsException INVALID where one is there, and then nothing is written
   */
  List<String> write(boolean force) {
    if (!force) {
      requireFree();
    }
    Map<OutputFile, String> files = new LinkedHashMap<>();
    texts.forEach(
        (name, text) ->
            files.put(OutputFile.of("FOLDER", folder.resolve(name), s -> Optional.empty()), text));
    files.forEach(
        (file, text) -> file.write(out -> out.write(text.getBytes(StandardCharsets.UTF_8))));
    return new ArrayList<>(texts.keySet());
  }

  /**
   * Asks that none is there.
   *
   * @throws MlopsException INVALID where one is
   */
  void requireFree() {
    List<String> there =
        texts.keySet().stream().filter(name -> Files.exists(folder.resolve(name))).toList();
    if (!there.isEmpty()) {
      throw MlopsException.invalid(
          "%s %s there already, in %s"
              .formatted(
                  String.join(", ", there),
                  there.size() == 1 ? "is" : "are",
                  folder.toAbsolutePath()),
          "Nothing was written. --force replaces what is there.");
    }
  }
}
