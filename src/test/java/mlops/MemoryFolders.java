package mlops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Folders of tests lie in memory where the machine has room for that (Linux): the embedded Azure
 * forces each document to disk, and tests need none to survive a power cut.
 */
public final class MemoryFolders implements TempDirFactory {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final long ROOM = 2L << 30;

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test)
      throws IOException {
    if (!Files.isWritable(MEMORY) || Files.getFileStore(MEMORY).getUsableSpace() < ROOM) {
      return Files.createTempDirectory("junit-");
    }
    Path folder = Files.createTempDirectory(MEMORY, "junit-");
    if (runsPrograms(folder)) {
      return folder;
    }
    Files.delete(folder);
    return Files.createTempDirectory("junit-");
  }

  /** Some systems forbid it there, and tests start what they have copied. */
  private static boolean runsPrograms(Path folder) throws IOException {
    Path program = Files.createFile(folder.resolve("program"));
    try {
      return program.toFile().setExecutable(true) && Files.isExecutable(program);
    } finally {
      Files.delete(program);
    }
  }
}
