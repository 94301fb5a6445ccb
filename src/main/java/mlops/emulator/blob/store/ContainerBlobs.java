package mlops.emulator.blob.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import mlops.emulator.blob.content.ContentFiles;
import mlops.emulator.blob.content.WrittenFile;

/**
 * The blobs of one container on disk: {@code index.jsonl}, the journal of changes, and {@code
 * content/}, the files with the bytes.
 *
 * <p>Bytes are written before the lock is taken; a change under the lock is one appended line. That
 * line is what makes a change happen: a process killed before it has changed nothing. There is no
 * fsync: a change that was answered survives a killed process, for the page cache does, but may be
 * lost when the machine loses power.
 */
public final class ContainerBlobs {
  private static final int LINES_WORTH_REWRITING = 1000;

  private final String id;
  private final ContainerLocks processes;
  private final Clock clock;
  private final ContentFiles contents;
  private final Journal journal;
  private final BlobIndex index;
  private final ReentrantReadWriteLock threads = new ReentrantReadWriteLock();

  private ContainerBlobs(String id, Path folder, ContainerLocks processes, Clock clock) {
    this.id = id;
    this.processes = processes;
    this.clock = clock;
    this.contents = new ContentFiles(folder.resolve("content"));
    this.journal = new Journal(folder.resolve("index.jsonl"));
    this.index = new BlobIndex(contents);
  }

  static ContainerBlobs open(String id, Path folder, ContainerLocks processes, Clock clock) {
    ContainerBlobs container = new ContainerBlobs(id, folder, processes, clock);
    try {
      Files.createDirectories(folder.resolve("content"));
      container.tidy();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return container;
  }

  public ContentFiles contents() {
    return contents;
  }

  /** Looks at the container as it is now. What is returned must not be the index itself. */
  public <T> T read(Function<BlobIndex, T> look) {
    try {
      threads.readLock().lock();
      try {
        if (!journal.isStale() && !index.mayHaveExpired(clock.instant())) {
          return look.apply(index);
        }
      } finally {
        threads.readLock().unlock();
      }
      threads.writeLock().lock();
      try {
        refresh();
        if (index.mayHaveExpired(clock.instant())) {
          change(edit -> edit);
        }
        return look.apply(index);
      } finally {
        threads.writeLock().unlock();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes the container; nobody else does between the look and the change. */
  public <T> T change(Function<ContainerEdit, T> work) {
    List<Path> dropped = new ArrayList<>();
    T result;
    threads.writeLock().lock();
    try (FileLock held = processes.acquire(id)) {
      refresh();
      if (index.mayHaveExpired(clock.instant())) {
        make(index.expired(clock.instant()), dropped);
      }
      ContainerEdit edit = new ContainerEdit(index, contents, clock);
      result = work.apply(edit);
      make(edit.changes(), dropped);
      rewriteIfWorthIt(held);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.writeLock().unlock();
    }
    dropped.forEach(contents::retire);
    return result;
  }

  private void make(ArrayNode changes, List<Path> dropped) throws IOException {
    if (!changes.isEmpty()) {
      journal.append(changes);
      index.apply(changes, dropped::add);
    }
  }

  /** The blob of this name with all its bytes in one file, which {@code content} then names. */
  public Optional<Blob> findJoined(String name) {
    Optional<Blob> found = read(i -> i.find(name));
    return found.isPresent() && found.get().isInPieces() ? join(found.get()) : found;
  }

  private Optional<Blob> join(Blob inPieces) {
    WrittenFile file = contents.join(inPieces.parts());
    Optional<Blob> joined =
        change(
            edit -> {
              Optional<Blob> now = edit.before().find(inPieces.name());
              if (now.isEmpty() || !now.get().bytes().files().equals(inPieces.bytes().files())) {
                return Optional.empty();
              }
              Blob whole = now.get().with(now.get().bytes().joined(file));
              edit.make(BlobChange.update(whole));
              return Optional.of(whole);
            });
    if (joined.isPresent()) {
      return joined;
    }
    contents.discard(file.file()); // another one was quicker
    return findJoined(inPieces.name());
  }

  private void refresh() throws IOException {
    journal.refresh(index::clear, changes -> index.apply(changes, path -> {}));
  }

  private void tidy() throws IOException {
    threads.writeLock().lock();
    try (FileLock held = processes.acquire(id)) {
      refresh();
      rewriteIfWorthIt(held);
      contents.collect(index.contentInUse());
    } finally {
      threads.writeLock().unlock();
    }
  }

  private void rewriteIfWorthIt(FileLock held) throws IOException {
    long needed = LINES_WORTH_REWRITING + 2 * index.entries();
    if (held.isValid() && journal.lines() > needed && journal.canBeReplaced()) {
      journal.rewrite(index.lines());
    }
  }
}
