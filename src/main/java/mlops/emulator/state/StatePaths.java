package mlops.emulator.state;

import java.nio.file.Path;

/** Where documents lie in the folder of a state, by their ids. */
record StatePaths(Path folder) {

  /** The folder below a document. */
  Path directory(String id) {
    StringBuilder path = new StringBuilder(id.length());
    for (String segment : id.split("/")) {
      if (!segment.isEmpty()) {
        path.append(path.isEmpty() ? "" : "/").append(FileNames.safe(segment));
      }
    }
    return folder.resolve(path.toString());
  }

  /** The file of a document. */
  Path file(String id) {
    Path directory = directory(id);
    return directory.resolveSibling(directory.getFileName() + FileNames.DOCUMENT);
  }
}
