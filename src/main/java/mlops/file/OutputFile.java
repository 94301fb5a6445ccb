package mlops.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import mlops.error.MlopsException;

/**
 * A file that a user names for output. A regular file is replaced in one step, so it is never half
 * a document; a link stays, and what it names is written; what is no file (a device, a pipe) is
 * written to and stays what it is.
 */
public final class OutputFile {
  private static final int MOST_LINKS = 40;
  private static final int START = 4 << 10;

  private final Path named;
  private final Path place;
  private final boolean stream;
  private boolean written;

  private OutputFile(Path named, Path place, boolean stream) {
    this.named = named;
    this.place = place;
    this.stream = stream;
  }

  /** Writes a document. */
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Looks at the place before anything is done. A folder that is missing is made later.
   *
   * @param option the option that names it, such as {@code --html}
   * @param taken what a file with this beginning is, where it may not be replaced, such as {@code
   *     no trace}; an empty one always may
   * @throws MlopsException INVALID where it cannot be written, or is somebody else's
   */
  public static OutputFile of(String option, Path file, Function<String, Optional<String>> taken) {
    Path place = behindLinks(option, file);
    boolean stream = isStream(file, place);
    if (Files.isDirectory(place)) {
      throw unusable(option, file, "is a folder", "Name a file.");
    }
    if (!stream) {
      OutputFolder.require(option, place.resolveSibling(""));
    }
    if (Files.exists(place) && !Files.isWritable(place)) {
      throw unusable(option, file, "may not be written", "Name a file that you may write.");
    }
    if (!stream && Files.exists(place)) {
      String start = start(option, file, place);
      Optional<String> what = start.isEmpty() ? Optional.empty() : taken.apply(start);
      if (what.isPresent()) {
        String why = "is %s and would be lost".formatted(what.get());
        throw unusable(option, file, why, "Name another file, or one that does not exist.");
      }
    }
    return new OutputFile(file, place, stream);
  }

  /**
   * Devices, pipes and what the shell has open: there is nothing to replace. Of {@code /dev}, only
   * {@code /dev/shm} is a place for files.
   */
  private static boolean isStream(Path file, Path place) {
    String absolute = file.toAbsolutePath().normalize().toString();
    boolean device = absolute.startsWith("/dev/") && !absolute.startsWith("/dev/shm/");
    boolean system = device || absolute.startsWith("/proc/");
    boolean ordinary = Files.isRegularFile(place) || Files.isDirectory(place);
    return system || (Files.exists(place) && !ordinary);
  }

  private static Path behindLinks(String option, Path file) {
    Path place = file.toAbsolutePath().normalize();
    for (int i = 0; Files.isSymbolicLink(place); i++) {
      if (place.startsWith("/proc")) {
        return place; // what a process has open may be no path at all
      }
      if (i == MOST_LINKS) {
        throw unusable(option, file, "is a link that leads back to itself", "Name a file.");
      }
      try {
        place = place.resolveSibling(Files.readSymbolicLink(place)).normalize();
      } catch (IOException e) {
        throw unusable(option, file, "is a link that cannot be read", "Name a file.");
      }
    }
    return place;
  }

  private static String start(String option, Path file, Path place) {
    try (InputStream in = Files.newInputStream(place)) {
      return new String(in.readNBytes(START), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw unusable(option, file, "cannot be read", "Name a file that you may read and write.");
    }
  }

  private static MlopsException unusable(String option, Path file, String why, String wayOut) {
    return MlopsException.invalid("%s %s %s".formatted(option, file, why), wayOut);
  }

  /** Whether this is a device, a pipe or the like. */
  public boolean isStream() {
    return stream;
  }

  /** Where it is written: behind all links. */
  public Path place() {
    return place;
  }

  /** As the user named it. */
  public Path named() {
    return named;
  }

  /** Whether there is a document from before that can be read. */
  public boolean isThere() {
    return !stream && Files.isRegularFile(place);
  }

  /** The text of the document from before. */
  public String read() {
    try {
      return Files.readString(place);
    } catch (IOException e) {
      throw new UncheckedIOException(named + " cannot be read", e);
    }
  }

  /** Writes the document for everybody whom the file is for. */
  public void write(Content content) {
    write(content, false);
  }

  /** The same for nobody but its owner. */
  public void writePrivately(Content content) {
    write(content, true);
  }

  private void write(Content content, boolean secret) {
    try {
      if (stream && !written) {
        written = true; // what went through a pipe cannot be taken back
        try (OutputStream out = Files.newOutputStream(place, StandardOpenOption.APPEND)) {
          content.writeTo(out);
        }
      } else if (!stream) {
        replace(content, secret);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(named + " cannot be written", e);
    }
  }

  private void replace(Content content, boolean secret) throws IOException {
    Files.createDirectories(place.resolveSibling(""));
    Path fresh = place.resolveSibling("." + UUID.randomUUID() + ".new");
    try {
      if (secret) {
        createPrivately(fresh);
      }
      try (OutputStream out = Files.newOutputStream(fresh)) {
        content.writeTo(out);
      }
      if (!secret && Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        copyPermissions(place, fresh);
      }
      Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE); // Ctrl-C may end us in between
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Makes a file that nobody but its owner may read, where the file system knows owners. */
  public static void createPrivately(Path file) throws IOException {
    Set<PosixFilePermission> own = PosixFilePermissions.fromString("rw-------");
    if (knowsOwners(file)) {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(own));
    } else {
      Files.createFile(file);
    }
  }

  private static void copyPermissions(Path from, Path to) throws IOException {
    if (knowsOwners(from)) {
      Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
    }
  }

  private static boolean knowsOwners(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
