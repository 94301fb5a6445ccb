package mlops.assets.content;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import mlops.assets.content.Snapshot.Entry;
import mlops.error.MlopsException;
import org.jspecify.annotations.Nullable;

/** Visits the files below a folder that are not ignored. */
final class SnapshotWalk {
  /** What Java puts in the place of bytes that are no UTF-8. */
  private static final char UNDECODED = '\ufffd';

  /** A folder on the way down with its real path, by which links that lead back up are known. */
  private record Level(Path real, @Nullable Level above) {
    boolean isWithin(Path folder) {
      for (Level level = this; level != null; level = level.above) {
        if (level.real.equals(folder)) {
          return true;
        }
      }
      return false;
    }
  }

  private final Path realRoot;
  private final IgnoreRules rules;
  private final List<Entry> found = new ArrayList<>();

  private SnapshotWalk(Path root) {
    this.realRoot = real(root);
    this.rules = IgnoreRules.of(root);
  }

  /** The files below a folder by their names, sorted. */
  static List<Entry> files(Path root) {
    SnapshotWalk walk = new SnapshotWalk(root);
    walk.folder(root, "", new Level(walk.realRoot, null));
    walk.found.sort(Comparator.comparing(Entry::name));
    return walk.found;
  }

  private void folder(Path folder, String prefix, Level level) {
    for (Path path : children(folder)) {
      String name = prefix + path.getFileName();
      boolean isFolder = Files.isDirectory(path);
      if (!rules.ignores(name, isFolder)) {
        visit(path, name, isFolder, level);
      }
    }
  }

  private void visit(Path path, String name, boolean isFolder, Level level) {
    if (name.indexOf(UNDECODED) >= 0) {
      throw unusable("the name %s is not UTF-8".formatted(path), "rename it");
    }
    boolean isLink = Files.isSymbolicLink(path);
    Path real = isLink ? realWithin(path) : level.real().resolve(path.getFileName());
    if (isFolder) {
      if (!isLink || !level.isWithin(real)) { // else its files are in the snapshot already
        folder(path, name + "/", new Level(real, level));
      }
    } else if (Files.isRegularFile(path)) {
      if (!Files.isReadable(path)) {
        throw unusable("the file %s may not be read".formatted(path), "change its permissions");
      }
      found.add(new Entry(name, path));
    }
  }

  /** Where a link leads, which is to be below the root. */
  private Path realWithin(Path link) {
    if (!Files.exists(link)) {
      throw unusable("the symbolic link %s leads nowhere".formatted(link), "remove it");
    }
    Path real = real(link);
    if (!real.startsWith(realRoot)) {
      throw unusable(
          "the symbolic link %s leads out of the folder".formatted(link), "copy what it names");
    }
    return real;
  }

  private static List<Path> children(Path folder) {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
      paths.forEach(children::add);
    } catch (IOException e) {
      throw unusable("the folder %s cannot be read".formatted(folder), "change its permissions");
    }
    children.sort(null);
    return children;
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw unusable("%s cannot be read".formatted(path), "change its permissions");
    }
  }

  /** A mistake of whoever names the folder, who may also keep the thing out of it. */
  private static MlopsException unusable(String what, String wayOut) {
    return MlopsException.invalid(what, wayOut + ", or list it in .amlignore");
  }
}
