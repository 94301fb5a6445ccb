package mlops.emulator.saved;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import mlops.emulator.http.Json;
import mlops.emulator.state.BrokenFile;
import mlops.emulator.state.DurableFiles;
import mlops.emulator.state.Folders;
import mlops.emulator.state.StateHold;

/**
 * The states that are kept under names, in a folder beside the one that is worked on: {@code
 * .mlops.saved/NAME}. Each is made under another name and then renamed, so a name stands for a
 * whole state or for none, whenever the process ends. What a killed process leaves is thrown away
 * by the next one. As with blobs there is no fsync: the power may take what was saved just now.
 */
public final class SavedStates {
  /** What a name may be: one that leads nowhere else, and none of those in use here. */
  public static final String NAME = "[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?";

  private static final String BEGUN = ".new-";
  private static final String GONE = ".gone-";
  private static final String ABOUT = "saved.json";
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

  private final Path state;
  private final Path folder;

  private SavedStates(Path state, Path folder) {
    this.state = state;
    this.folder = folder;
  }

  /** Those of the state in this folder, which a link may lead to. */
  public static SavedStates of(Path state) throws IOException {
    Path real = Files.exists(state) ? state.toRealPath() : state;
    return new SavedStates(real, real.resolveSibling(real.getFileName() + ".saved"));
  }

  public Path folder() {
    return folder;
  }

  /** All of them by name; none where nothing was ever saved. */
  public List<SavedState> list() throws IOException {
    List<SavedState> all = new ArrayList<>();
    for (Path each : Folders.list(folder)) {
      find(each.getFileName().toString()).ifPresent(all::add);
    }
    return all;
  }

  /** The one of this name. */
  public Optional<SavedState> find(String name) throws IOException {
    Path there = folder.resolve(name);
    Path about = there.resolve(ABOUT);
    if (!name.matches(NAME) || !Files.exists(about)) {
      return Optional.empty();
    }
    try {
      JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(about));
      return Optional.of(
          new SavedState(
              name,
              there,
              Instant.parse(json.path("saved").asText()),
              json.path("files").asInt(),
              json.path("bytes").asLong()));
    } catch (IOException | DateTimeException e) {
      throw BrokenFile.of(about, e).failure(e);
    }
  }

  /**
   * Keeps the state as it is now; one that had the name goes.
   *
   * @param hold nobody else works on the state meanwhile
   */
  public SavedState save(String name, StateHold hold, Instant now) throws IOException {
    try (FileChannel turn = turn()) {
      Path begun = Files.createDirectory(fresh(BEGUN));
      StateCopy copy = StateCopy.of(state, begun.resolve("state"));
      ObjectNode about = Json.object().put("saved", now.toString());
      about.put("files", copy.files()).put("bytes", copy.bytes());
      DurableFiles.write(begun.resolve(ABOUT), Json.bytes(about));
      Path there = folder.resolve(name);
      if (Files.exists(there)) {
        DurableFiles.replace(there, fresh(GONE));
      }
      DurableFiles.replace(begun, there);
      tidy(turn);
      return new SavedState(name, there, now, copy.files(), copy.bytes());
    }
  }

  /**
   * Puts a copy of a saved state in the place of the one that is worked on, which goes.
   *
   * @param hold nobody else works on that meanwhile; empty where there is none
   * @param check is asked of the copy before anything else changes; it throws to refuse it
   */
  public void load(SavedState saved, Optional<StateHold> hold, Consumer<Path> check)
      throws IOException {
    try (FileChannel turn = turn()) {
      Path begun = fresh(BEGUN);
      StateCopy.of(saved.state(), begun);
      try {
        check.accept(begun);
        if (hold.isPresent()) {
          DurableFiles.replace(state, fresh(GONE));
        }
        DurableFiles.replace(begun, state);
      } finally {
        tidy(turn);
      }
    }
  }

  private Path fresh(String kind) {
    return folder.resolve(kind + UUID.randomUUID());
  }

  /** Throws away what is no state, or none any more, while nobody else works here. */
  private void tidy(FileChannel turn) throws IOException {
    for (Path each : Folders.list(folder)) {
      String name = each.getFileName().toString();
      if (turn.isOpen() && (name.startsWith(BEGUN) || name.startsWith(GONE))) {
        Folders.delete(each);
      }
    }
  }

  /** The right to change what lies here, once nobody else has it. */
  private FileChannel turn() throws IOException {
    DurableFiles.createFolders(folder);
    DurableFiles.ownerOnly(folder);
    DurableFiles.write(folder.resolve(".gitignore"), "*\n".getBytes(UTF_8)); // keys are in it
    FileChannel channel = FileChannel.open(folder.resolve(".lock"), CREATE, WRITE);
    while (true) {
      try {
        channel.lock();
        return channel;
      } catch (OverlappingFileLockException e) { // another thread of this process has it
        LockSupport.parkNanos(PAUSE);
      }
    }
  }
}
