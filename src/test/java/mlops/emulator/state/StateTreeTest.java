package mlops.emulator.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StateTreeTest {
  @TempDir Path folder;

  @Test
  void a_name_may_look_like_the_file_of_another() {
    StateTree state = StateTree.open(folder);
    for (String name : List.of("rg", "rg.json", "rg.json.json", ".json", "json", "rg.jsonx")) {
      state.write("/groups/" + name, named(name));
      state.write("/groups/" + name + "/children/one", named("child of " + name));
    }

    assertEquals(6, state.list("/groups").size());
    assertEquals(Optional.of(named("rg")), state.read("/groups/rg"));
    assertEquals(Optional.of(named("rg.json")), state.read("/groups/RG.JSON"));
    assertEquals(List.of(named("child of rg.json")), state.list("/groups/rg.json/children"));
    assertEquals(12, state.walk("/").size());
    state.delete("/groups/rg.json");
    assertEquals(List.of(named("child of rg")), state.list("/groups/rg/children"));
    assertEquals(5, state.list("/groups").size());
  }

  @Test
  void a_folder_that_is_open_twice_in_a_process_keeps_no_thread_waiting() throws Exception {
    StateLock one = StateLock.in(folder, Duration.ofMillis(200));
    StateLock other = StateLock.in(folder, Duration.ofMillis(200));
    try (StateLock.Held held = one.acquire()) {
      assertEquals("mine", held.run(() -> "mine"));
      assertThrows(OverlappingFileLockException.class, other::acquire);
    }
    CompletableFuture<String> later =
        CompletableFuture.supplyAsync(
            () -> {
              try (StateLock.Held held = other.acquire()) {
                return held.run(() -> "in");
              }
            });
    assertEquals("in", later.get(Duration.ofMinutes(5).toMillis(), TimeUnit.MILLISECONDS));
  }

  @Test
  void long_names_are_kept_apart_and_found_again() {
    StateTree state = StateTree.open(folder);
    List<String> names =
        IntStream.of(200, 249, 250, 251, 252, 253, 254, 255, 256, 1000, 5000)
            .mapToObj("n"::repeat)
            .flatMap(n -> Stream.of(n, n + "o", "\u00fc" + n))
            .toList();
    for (String name : names) {
      state.write("/things/" + name, named(name));
      state.write("/things/" + name + "/versions/" + name, named("version of " + name));
    }
    for (String name : names) {
      assertEquals(
          Optional.of(named(name)), state.read("/things/" + name.toUpperCase(Locale.ROOT)));
      assertEquals(1, state.list("/things/" + name + "/versions").size());
    }
    assertEquals(names.size(), state.list("/things").size());
    assertTrue(state.read("/things/" + "m".repeat(6000)).isEmpty());
    state.delete("/things/" + names.get(5));
    assertEquals(names.size() - 1, state.list("/things").size());
  }

  @Test
  void a_walk_passes_over_what_is_deleted_meanwhile() throws Exception {
    StateTree state = StateTree.open(folder);
    AtomicBoolean ended = new AtomicBoolean();
    CompletableFuture<Integer> walks =
        CompletableFuture.supplyAsync(
            () -> {
              int walked = 0;
              while (!ended.get()) {
                state.walk("/groups");
                walked++;
              }
              return walked;
            });
    Path whole = Files.writeString(folder.resolve("whole"), "{\"name\":\"d\"}");
    for (int round = 0; round < 40; round++) {
      for (int i = 0; i < 30; i++) { // quicker than by the state, which forces each to disk
        Path deep = state.directory("/groups/rg/a%d/b/c".formatted(i));
        Files.createDirectories(deep);
        Files.createLink(deep.resolve("d.json"), whole);
      }
      state.delete("/groups/rg");
    }
    ended.set(true);
    assertTrue(walks.get(60, TimeUnit.SECONDS) > 0);
  }

  @Test
  void a_state_of_a_newer_program_is_refused_by_its_number() throws Exception {
    StateTree.open(folder).write("/a", named("a"));
    assertEquals("1\n", Files.readString(folder.resolve(".version")));
    Files.delete(folder.resolve(".version"));
    assertEquals(Optional.of(named("a")), StateTree.open(folder).read("/a"), "without a number");
    assertEquals("1\n", Files.readString(folder.resolve(".version")));
    Files.writeString(folder.resolve(".version"), "2\n");
    UncheckedIOException newer =
        assertThrows(UncheckedIOException.class, () -> StateTree.open(folder));
    assertTrue(newer.getCause() instanceof NewerStateException, newer::toString);
    assertTrue(newer.toString().contains("form 2"), newer::toString);
    Files.writeString(folder.resolve(".version"), "two");
    UncheckedIOException broken =
        assertThrows(UncheckedIOException.class, () -> StateTree.open(folder));
    assertTrue(broken.toString().contains(".version"), broken::toString);
  }

  private static ObjectNode named(String name) {
    return JsonNodeFactory.instance.objectNode().put("name", name);
  }
}
