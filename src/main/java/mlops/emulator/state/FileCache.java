package mlops.emulator.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What was made of files that were read lately, so that a request need not read again what has not
 * changed: one look at the attributes of a file in place of opening, reading and parsing it. Files
 * are replaced, also by other processes, and never written in place, so another content is another
 * file with another time. A folder counts as a file whose content is the names in it.
 *
 * @param <T> what is made of a file; it must not be changed by those who get it
 */
public final class FileCache<T> {
  private static final int MOST = 2000;
  private static final long LARGEST = 64 << 10;

  /**
   * A file that is younger may be followed by another one of the same time, size and number, for
   * clocks of file systems tick slowly. It is read each time until it has settled.
   */
  private static final long SETTLED_MILLIS = 200;

  /** Makes something of a file. */
  public interface Reader<T> {
    T read(Path file) throws IOException;
  }

  private record Version(@Nullable Object key, long size, long seconds, int nanos) {
    static Version of(BasicFileAttributes file) {
      var time = file.lastModifiedTime().toInstant();
      return new Version(file.fileKey(), file.size(), time.getEpochSecond(), time.getNano());
    }
  }

  private record Kept<T>(Version version, T value) {}

  private final Reader<T> reader;
  private final Map<Path, Kept<T>> recent = new ConcurrentHashMap<>();

  public FileCache(Reader<T> reader) {
    this.reader = reader;
  }

  /**
   * What the file holds now.
   *
   * @throws java.nio.file.NoSuchFileException where there is none
   */
  public T read(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    Version version = Version.of(attributes);
    Kept<T> kept = recent.get(file);
    if (kept != null && kept.version().equals(version)) {
      return kept.value();
    }
    long age = System.currentTimeMillis() - attributes.lastModifiedTime().toMillis();
    T value = reader.read(file);
    if (age > SETTLED_MILLIS && version.size() <= LARGEST) {
      if (recent.size() >= MOST) {
        recent.clear();
      }
      recent.put(file, new Kept<>(version, value));
    }
    return value;
  }
}
