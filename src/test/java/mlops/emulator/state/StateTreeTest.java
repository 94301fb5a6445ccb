package mlops.emulator.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
    StateTree one = StateTree.open(folder);
    StateTree other = StateTree.open(folder);
    one.exclusively(
        () ->
            assertThrows(OverlappingFileLockException.class, () -> other.exclusively(() -> "in")));

    CompletableFuture<String> later =
        CompletableFuture.supplyAsync(() -> other.exclusively(() -> "in"));
    assertEquals("in", later.get(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS));
  }

  private static ObjectNode named(String name) {
    return JsonNodeFactory.instance.objectNode().put("name", name);
  }
}
