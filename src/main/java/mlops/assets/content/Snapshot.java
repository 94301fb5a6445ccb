package mlops.assets.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mlops.error.MlopsException;

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

  private static final String START = "Initialize for october 2021 AML CLI version";

  /** The version of the content hash, as Azure's client calls it. */
  public static final String HASH_VERSION = "202208";

  public Snapshot {
    files = List.copyOf(files);
  }

  /**
   * Looks at a file or folder that exists.
   *
   * @param path the file or folder
   * @throws MlopsException INVALID where something in it cannot travel: a link that leads out of it
   *     or nowhere, a file that cannot be read, a name or an ignore file that is not UTF-8
   */
  public static Snapshot of(Path path) {
    Path root = path.toAbsolutePath().normalize();
    boolean isFolder = Files.isDirectory(root);
    if (!isFolder && !Files.isRegularFile(root)) {
      throw MlopsException.invalid(
          root + " is no file or folder", "name one: a pipe or a device holds nothing to upload");
    }
    if (!Files.isReadable(root)) {
      throw MlopsException.invalid(root + " may not be read", "change its permissions");
    }
    if (!isFolder) {
      String name = String.valueOf(root.getFileName());
      return new Snapshot(root, true, List.of(new Entry(name, root)));
    }
    return new Snapshot(root, false, SnapshotWalk.files(root));
  }

  /** These files and others beside them; empty where two would have the same name. */
  public Optional<Snapshot> plus(Snapshot more) {
    String before = more.isFile ? "" : more.name() + "/";
    List<Entry> all = new ArrayList<>(files);
    more.files.forEach(entry -> all.add(new Entry(before + entry.name(), entry.file())));
    all.sort(Comparator.comparing(Entry::name));
    boolean differ = all.stream().map(Entry::name).distinct().count() == all.size();
    return differ ? Optional.of(new Snapshot(root, false, all)) : Optional.empty();
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
    return hex(Digest.md5(START));
  }

  /** The same as clients of 2026 take it. */
  public String contentHash() {
    Digest digest = Digest.sha256();
    digest.text(START);
    return hex(digest);
  }

  private String hex(Digest digest) {
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
}
