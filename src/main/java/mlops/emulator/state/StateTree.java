package mlops.emulator.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The state of the embedded Azure: JSON documents in a folder tree that mirrors ARM ids. The
 * document {@code /a/b} is the file {@code a/b.json}, and what is below it lies in the folder
 * {@code a/b/}. Ids ignore case.
 *
 * <p>Every write is a new file that is forced to disk and then renamed into place, so a document is
 * the old one or the new one at any moment, also for another process. Read freely; read-then-write
 * goes inside {@link #exclusively}.
 */
public final class StateTree {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final StatePaths paths;
  private final StateLock lock;
  private final ProcessLocks locks;
  private final FileCache<ObjectNode> documents = new FileCache<>(StateTree::parse);
  private final FileCache<List<Path>> collections = new FileCache<>(StateTree::documentsIn);

  @SuppressWarnings("unused") // it is there as long as this is
  private final InUseLock inUse;

  private StateTree(Path folder, StateLock lock, ProcessLocks locks, InUseLock inUse) {
    this.paths = new StatePaths(folder);
    this.lock = lock;
    this.locks = locks;
    this.inUse = inUse;
  }

  /** Opens the state in this folder, which is made where it is missing, for its owner only. */
  public static StateTree open(Path folder) {
    try {
      while (true) {
        Files.createDirectories(folder);
        DurableFiles.ownerOnly(folder);
        StateLock lock = StateLock.in(folder); // first: by its file a state is known for one
        StateVersion.require(folder);
        ProcessLocks locks = ProcessLocks.in(folder);
        InUseLock inUse = InUseLock.in(folder);
        if (inUse.isCurrent()) {
          return new StateTree(folder, lock, locks, inUse);
        } // else a saved state came in its place meanwhile, with locks of its own
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether another process has opened the state in this folder and still lives. */
  public static boolean isOpenElsewhere(Path folder) {
    try {
      return InUseLock.ofOthers(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path folder() {
    return paths.folder();
  }

  public Optional<ObjectNode> read(String id) {
    return readFile(file(id));
  }

  /**
   * What a document says.
   *
   * @param meaning fails where the document does not say it
   */
  public <T> Optional<T> read(String id, Function<ObjectNode, T> meaning) {
    return meaning(file(id), meaning);
  }

  public boolean exists(String id) {
    return file(id).toFile().exists();
  }

  /** The documents directly in a collection such as {@code …/workspaces}, by name. */
  public List<ObjectNode> list(String collection) {
    return list(collection, document -> document);
  }

  /** What the documents of a collection say. */
  public <T> List<T> list(String collection, Function<ObjectNode, T> meaning) {
    Path directory = directory(collection);
    if (!directory.toFile().isDirectory()) { // most are not there, and exceptions are slow
      return List.of();
    }
    try {
      return collections.read(directory).stream()
          .flatMap(file -> meaning(file, meaning).stream())
          .toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> documentsIn(Path directory) throws IOException {
    return Folders.list(directory).stream()
        .filter(f -> f.toString().endsWith(FileNames.DOCUMENT))
        .toList();
  }

  /**
   * Every document below an id, in the order of their paths; the document itself is not among them.
   */
  public List<ObjectNode> walk(String id) {
    Path start = directory(id);
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    List<ObjectNode> found = new ArrayList<>();
    try {
      for (Path file : Folders.files(start)) {
        if (file.toString().endsWith(FileNames.DOCUMENT)) {
          readFile(file).ifPresent(found::add);
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void write(String id, JsonNode document) {
    try {
      if (!Files.exists(folder())) { // to write would make a piece of a state in its place
        String gone = "it was deleted while a command worked on it";
        throw new FileSystemException(folder().toString(), null, gone);
      }
      byte[] bytes = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(document);
      DurableFiles.write(file(id), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes a document and all that is below it. Says whether the document was there. */
  public boolean delete(String id) {
    try {
      DurableFiles.deleteTree(directory(id), folder().resolve(".trash"));
      Path document = file(id);
      boolean was = Files.deleteIfExists(document);
      if (was) {
        DurableFiles.forceFolder(DurableFiles.parent(document));
      }
      return was;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Renames a document and all that is below it; what was at the new id is replaced. */
  public void move(String from, String to) {
    try {
      delete(to);
      Path target = directory(to);
      if (Files.isDirectory(directory(from))) {
        DurableFiles.createFolders(DurableFiles.parent(target));
        DurableFiles.replace(directory(from), target);
      }
      DurableFiles.createFolders(DurableFiles.parent(target));
      DurableFiles.replace(file(from), file(to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs work that no other thread or process runs on this state at the same time. */
  public <T> T exclusively(Supplier<T> work) {
    try (StateLock.Held held = lock.acquire()) {
      return held.run(work);
    }
  }

  /**
   * What a file keeps for its owner only, such as a key, made at its first use. Another process may
   * have been quicker: then its counts.
   */
  public byte[] secret(Path file, Supplier<byte[]> fresh) {
    try {
      if (!Files.exists(file)) {
        exclusively(() -> keep(file, fresh));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path keep(Path file, Supplier<byte[]> fresh) {
    try {
      if (!Files.exists(file)) {
        DurableFiles.writeSecret(file, fresh.get());
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Locks on this state that end with the process that holds them. */
  public ProcessLocks locks() {
    return locks;
  }

  /** The folder below a document, for content that is not JSON, such as blobs and logs. */
  public Path directory(String id) {
    return paths.directory(id);
  }

  private Path file(String id) {
    return paths.file(id);
  }

  private Optional<ObjectNode> readFile(Path file) {
    try {
      return Optional.of(documents.read(file).deepCopy());
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw BrokenFile.of(file, e).failure(e);
    }
  }

  /** A document that does not mean what it should is a broken file, and no bug of who reads it. */
  private <T> Optional<T> meaning(Path file, Function<ObjectNode, T> meaning) {
    Optional<ObjectNode> document = readFile(file);
    try {
      return document.map(meaning);
    } catch (RuntimeException e) {
      throw BrokenFile.of(file, e).failure(e);
    }
  }

  static ObjectNode parse(Path file) throws IOException {
    if (!(JSON.readTree(Files.readAllBytes(file)) instanceof ObjectNode document)) {
      throw new IOException("it holds no document");
    }
    if (document.isEmpty()) {
      throw new IOException("it is empty");
    }
    if (document.has("id") && !document.path("id").isTextual()) {
      throw new IOException("its id is no text");
    }
    return document;
  }
}
