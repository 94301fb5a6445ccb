package mlops.emulator.blob.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.emulator.blob.content.ContentFiles;
import mlops.emulator.blob.content.ContentSeal;
import mlops.emulator.blob.content.HashingStream;
import mlops.emulator.blob.content.PartsStream;
import mlops.emulator.state.BrokenFile;

/** Whether the journal of a container can be read, and the bytes of its blobs are there. */
public final class ContainerCheck {
  /** The file that a container's folder has. */
  public static final String JOURNAL = "index.jsonl";

  private final Path file;
  private final BlobIndex index;
  private final List<BrokenFile> broken = new ArrayList<>();

  private ContainerCheck(Path folder) {
    this.file = folder.resolve(JOURNAL);
    this.index = new BlobIndex(new ContentFiles(folder.resolve("content")));
  }

  /**
   * What is wrong in the folder of a container.
   *
   * @param content whether bytes are held against their hashes, which takes as long as reading them
   */
  public static List<BrokenFile> of(Path folder, boolean content) {
    ContainerCheck check = new ContainerCheck(folder);
    check.readJournal();
    if (check.broken.isEmpty()) {
      check.index.from("").values().stream()
          .flatMap(b -> Stream.concat(Stream.of(b), check.snapshots(b)))
          .filter(blob -> !blob.isDirectory())
          .flatMap(blob -> problem(blob, content).stream())
          .forEach(check.broken::add);
    }
    return check.broken;
  }

  private Stream<Blob> snapshots(Blob blob) {
    return index.snapshots(blob.name()).values().stream();
  }

  private void readJournal() {
    Journal journal = new Journal(file);
    try {
      journal.refresh(index::clear, changes -> index.apply(changes, dropped -> {}));
      journal.close();
    } catch (IOException | UncheckedIOException e) {
      broken.add(BrokenFile.of(file, e));
    }
  }

  private static Optional<BrokenFile> problem(Blob blob, boolean content) {
    for (ContentFiles.Part part : blob.bytes().parts()) {
      try {
        long there = Files.exists(part.file()) ? Files.size(part.file()) : -1;
        if (there < part.position() + part.size()) {
          String what = there < 0 ? "is not there" : "is shorter than it was";
          return Optional.of(
              new BrokenFile(
                  part.file(), "the content of blob %s %s".formatted(blob.name(), what)));
        }
      } catch (IOException e) {
        return Optional.of(BrokenFile.of(part.file(), e));
      }
    }
    return content ? otherBytes(blob) : Optional.empty();
  }

  private static Optional<BrokenFile> otherBytes(Blob blob) {
    String md5 = blob.contentMd5();
    ContentSeal seal = blob.bytes().seal();
    if (md5 == null && seal == null) {
      return Optional.empty();
    }
    String named = md5 == null ? "was stored" : "its MD5 says";
    try (InputStream bytes = new PartsStream(blob.bytes().parts());
        HashingStream hashing = new HashingStream(OutputStream.nullOutputStream(), true)) {
      bytes.transferTo(hashing);
      boolean same = seal == null || seal.crc64().equals(hashing.crc64());
      return same && (md5 == null || md5.equals(hashing.md5()))
          ? Optional.empty()
          : Optional.of(
              new BrokenFile(
                  blob.bytes().file(),
                  "the content of blob %s is not what %s".formatted(blob.name(), named)));
    } catch (IOException e) {
      return Optional.of(BrokenFile.of(blob.bytes().file(), e));
    }
  }
}
