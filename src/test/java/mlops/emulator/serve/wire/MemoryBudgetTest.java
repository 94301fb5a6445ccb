package mlops.emulator.serve.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mlops.emulator.http.ApiException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * What all requests may take together is bounded; who finds nothing left waits, but not for ever.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MemoryBudgetTest {

  @Test
  void what_is_given_back_goes_to_who_waits() throws Exception {
    MemoryBudget budget = new MemoryBudget(8 << 10, Duration.ofSeconds(60));
    int all = budget.take(8 << 10);
    CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(() -> budget.take(5000));
    assertFalse(waiting.isDone());
    budget.give(all);
    assertEquals(5, waiting.get(30, TimeUnit.SECONDS));
  }

  @Test
  void nobody_waits_for_ever() {
    MemoryBudget budget = new MemoryBudget(8 << 10, Duration.ofMillis(20));
    int all = budget.take(7 << 10);
    ApiException refused = assertThrows(ApiException.class, () -> budget.take(2 << 10));
    assertEquals(429, refused.status());
    assertEquals(1, budget.take(1));
    budget.give(all);
    assertEquals(7, budget.take(7 << 10));
  }

  @Test
  void the_largest_body_fits_a_small_budget() {
    MemoryBudget budget = new MemoryBudget(1, Duration.ofMillis(20));
    budget.give(budget.take(WholeBody.LARGEST));
    assertEquals(1, budget.take(WholeBody.LARGEST));
  }
}
