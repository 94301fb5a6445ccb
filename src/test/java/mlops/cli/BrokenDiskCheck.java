package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mlops.file.FolderTree;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/**
 * The disk of the state is full, may not be written, or loses the state while a command works: that
 * is told once, and once it is mended the next run ends as ever.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BrokenDiskCheck {
  @TempDir Path folder;

  @Test
  void a_disk_that_gets_full_is_told_and_with_more_room_it_goes_on() throws IOException {
    Site site = Site.tiny(folder.resolve("site"));
    for (String size : List.of("60k", "300k", "600k")) {
      try (Disk disk = Disk.mounted(Files.createDirectories(site.state()), size)) {
        assertEquals(1, site.run("replay"), site::said);
        told(site, "No space left on device", size);
        disk.remount("size=60m");
        assertEquals(0, site.run("replay"), () -> size + site.said());
        assertEquals(0, site.run("local", "doctor"), site::said);
        assertEquals(0, site.run("replay", "--plan", "--detailed-exitcode"), site::said);
      }
    }
  }

  @Test
  void a_disk_that_may_only_be_read_is_told() throws IOException {
    Site site = Site.tiny(folder.resolve("site"));
    try (Disk disk = Disk.mounted(Files.createDirectories(site.state()), "60m")) {
      disk.remount("ro");
      assertEquals(1, site.run("bootstrap"), site::said);
      told(site, "Read-only file system", "empty");
      disk.remount("rw");
      assertEquals(0, site.run("replay"), site::said);
    }
  }

  @Test
  void a_state_that_goes_while_a_command_works_is_told_and_made_anew() {
    for (int at : List.of(3, 30, 100)) {
      Site site = Site.tiny(folder.resolve("site" + at));
      AtomicInteger seen = new AtomicInteger();
      site.mlops().through(http -> before(http, () -> gone(seen, at, site.state())));
      int code = site.run("bootstrap");
      assertTrue(code == 0 || !site.mlops().err().isBlank(), site::said);
      assertTrue(!site.said().contains("Exception"), site::said);
      site.mlops().through(http -> http);
      int again = site.run("bootstrap");
      if (again == 2) { // a request that was under way has made a folder of it again
        told(site, "what is left of a state that was deleted can be deleted", "after " + at);
        remove(site.state());
        again = site.run("bootstrap");
      }
      assertEquals(0, again, site::said);
      assertEquals(0, site.run("bootstrap", "--plan", "--detailed-exitcode"), site::said);
    }
  }

  private static void told(Site site, String why, String when) {
    String said = site.mlops().err();
    assertTrue(said.contains(why), () -> when + site.said());
    assertTrue(said.contains("→ "), () -> when + site.said());
    assertTrue(!said.contains("Exception"), () -> when + site.said());
    assertEquals(2, said.split(why, -1).length, () -> when + " more than once: " + said);
  }

  private static void gone(AtomicInteger seen, int at, Path state) {
    if (seen.incrementAndGet() == at) {
      remove(state);
    }
  }

  private static void remove(Path folder) {
    try {
      FolderTree.remove(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpClient before(HttpClient inner, Runnable act) {
    return new HttpClient() {
      @Override
      public Mono<HttpResponse> send(HttpRequest request) {
        act.run();
        return inner.send(request);
      }

      @Override
      public HttpResponse sendSync(HttpRequest request, Context context) {
        act.run();
        return inner.sendSync(request, context);
      }
    };
  }

  /** A small disk in memory; skipped where nobody may mount one. */
  private record Disk(Path place) implements AutoCloseable {
    static Disk mounted(Path place, String size) throws IOException {
      boolean root = "root".equals(System.getProperty("user.name"));
      Assumptions.assumeTrue(
          root && run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", "" + place) == 0,
          "no right to mount a small disk");
      return new Disk(place);
    }

    void remount(String option) throws IOException {
      assertEquals(0, run("mount", "-o", "remount," + option, place.toString()), option);
    }

    @Override
    public void close() throws IOException {
      assertEquals(0, run("umount", "-l", place.toString()));
    }

    private static int run(String... words) throws IOException {
      return new ProcessBuilder(words).start().onExit().join().exitValue();
    }
  }
}
