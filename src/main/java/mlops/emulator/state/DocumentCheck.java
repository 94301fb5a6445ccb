package mlops.emulator.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a document of the state is one, and has the name that its id says. */
public final class DocumentCheck {
  private static final String IDS = "subscriptions";
  private static final String KEPT = "was.json";

  private final StatePaths paths;

  public DocumentCheck(Path folder) {
    this.paths = new StatePaths(folder);
  }

  /** Whether a file is a document, and not content or the half of a write that was cut short. */
  public boolean isDocument(Path file) {
    String name = paths.folder().relativize(file).toString().replace('\\', '/');
    return name.endsWith(FileNames.DOCUMENT)
        && !name.startsWith(".")
        && !name.startsWith("serve/azure/") // what az keeps for itself
        && !name.contains("/content/")
        && !name.contains("/.");
  }

  /** What is wrong with a document, if anything. */
  public Optional<BrokenFile> check(Path file) {
    try {
      JsonNode document = StateTree.parse(file);
      return file.startsWith(paths.folder().resolve(IDS))
          ? misplaced(file, document.path("id"))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty(); // deleted meanwhile
    } catch (IOException e) {
      return Optional.of(BrokenFile.of(file, e));
    }
  }

  private Optional<BrokenFile> misplaced(Path file, JsonNode id) {
    if (id.isMissingNode()) {
      return Optional.empty(); // runs and the like are found by their place alone
    }
    // Only the name: what was moved to be kept for a while keeps its id, as a deleted vault does.
    boolean right =
        file.endsWith(KEPT) || paths.file(id.asText()).getFileName().equals(file.getFileName());
    return right
        ? Optional.empty()
        : Optional.of(new BrokenFile(file, "its id is that of another place: " + id));
  }
}
