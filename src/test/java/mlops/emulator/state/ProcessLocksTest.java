package mlops.emulator.state;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks within one process; between processes they are what LostJobsTest is about. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ProcessLocksTest {
  @TempDir Path folder;

  @Test
  void one_holder_has_a_lock_until_it_gives_it_back() {
    ProcessLocks locks = StateTree.open(folder).locks();
    ProcessLocks others = StateTree.open(folder).locks();
    assertFalse(locks.isHeld("a"));
    ProcessLocks.Held held = locks.tryLock("a").orElseThrow();
    assertTrue(locks.isHeld("a") && others.isHeld("a"));
    assertTrue(locks.tryLock("a").isEmpty() && others.tryLock("a").isEmpty());
    assertFalse(others.isHeld("b"));
    others.lock("b").close();
    held.close();
    assertFalse(others.isHeld("a"));
    locks.lock("a").close();
  }
}
