package mlops.assets.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The files of a local path as they would be uploaded. Its hashes are those of Azure's own client,
 * so that what either of them uploaded is found by the other.
 *
 * @param root the file or folder, absolute
 * @param files sorted by name
 */
public record Snapshot(Path root, boolean isFile, List<Entry> files) {

  /**
   * A file of the snapshot.
   *
   * @param name relative to the root, with {@code /} between names
   */
  public record Entry(String name, Path file) {}

  /** The version of the content hash, as Azure's client calls it. */
  public static final String HASH_VERSION = "202208";

  public Snapshot {
    files = List.copyOf(files);
  }

  /**
   * Looks at a file or folder that exists.
   *
   * @param path the file or folder
   * @throws LeavesFolder where a symbolic link leads out of the folder
   */
  public static Snapshot of(Path path) {
    Path root = path.toAbsolutePath().normalize();
    if (!Files.isDirectory(root)) {
      String name = String.valueOf(root.getFileName());
      return new Snapshot(root, true, List.of(new Entry(name, root)));
    }
    List<Entry> files = new ArrayList<>();
    new Walk(real(root), IgnoreRules.of(root), files).folder(root, "", List.of());
    files.sort(Comparator.comparing(Entry::name));
    return new Snapshot(root, false, files);
  }

  /** The last name of the path. */
  public String name() {
    Path name = root.getFileName();
    return name == null ? "root" : name.toString();
  }

  /** Where Azure's client puts it in a datastore: {@code LocalUpload/{md5}/{name}}. */
  public String uploadPath() {
    return "LocalUpload/%s/%s".formatted(md5(), name());
  }

  /** Names and contents in one hash, by which uploads are found again. */
  public String md5() {
    Digest digest = Digest.md5("Initialize for october 2021 AML CLI version");
    List<String> parents = new ArrayList<>();
    for (Entry entry : caseless(this)) {
      List<String> names = List.of(entry.name().split("/"));
      int known = 0;
      while (known < parents.size() && parents.get(known).equals(names.get(known))) {
        known++;
      }
      if (!isFile) {
        names.subList(known, names.size()).forEach(digest::text);
      }
      digest.file(entry.file());
      parents = names.subList(0, names.size() - 1);
    }
    return digest.hex();
  }

  /** The fingerprint that Azure checks code by. */
  public String sha256() {
    Digest digest = Digest.sha256();
    List<Entry> sorted =
        files.stream()
            .sorted(Comparator.comparing((Entry e) -> e.name().toLowerCase(Locale.ROOT)))
            .toList();
    digest.text(String.valueOf(sorted.size()));
    for (Entry entry : sorted) {
      digest.text("#" + entry.name() + "#" + size(entry.file()));
    }
    sorted.forEach(entry -> digest.file(entry.file()));
    return digest.hex();
  }

  /** In the order in which a walk that sorts each folder without regard to case meets them. */
  private static List<Entry> caseless(Snapshot snapshot) {
    return snapshot.files.stream()
        .sorted(
            Comparator.comparing((Entry e) -> e.name().toLowerCase(Locale.ROOT).replace('/', '\0')))
        .toList();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  /** A symbolic link in a snapshot that leads out of it. */
  public static final class LeavesFolder extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeavesFolder(Path link) {
      super(link.toString());
    }
  }

  /** Visits what is not ignored. */
  private record Walk(Path realRoot, IgnoreRules rules, List<Entry> found) {

    void folder(Path folder, String prefix, List<Path> above) {
      Path realFolder = real(folder);
      if (above.contains(realFolder)) {
        return; // a link to a folder above: its files are in the snapshot already
      }
      List<Path> here = Stream.concat(above.stream(), Stream.of(realFolder)).toList();
      for (Path path : children(folder)) {
        String name = prefix + path.getFileName();
        boolean isFolder = Files.isDirectory(path);
        if (rules.ignores(name, isFolder)) {
          continue;
        }
        if (Files.isSymbolicLink(path) && !real(path).startsWith(realRoot)) {
          throw new LeavesFolder(path);
        }
        if (isFolder) {
          folder(path, name + "/", here);
        } else if (Files.isRegularFile(path)) {
          found.add(new Entry(name, path));
        }
      }
    }

    private static List<Path> children(Path folder) {
      try (Stream<Path> paths = Files.list(folder)) {
        return paths.sorted().toList();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + folder, e);
      }
    }
  }
}
