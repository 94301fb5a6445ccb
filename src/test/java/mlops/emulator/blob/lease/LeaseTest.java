package mlops.emulator.blob.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What leases become by actions and as time goes by, as the REST reference's tables say. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LeaseTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(21);
  private static final Lease FIXED = Lease.NONE.acquire("a", 20, NOW);
  private static final Lease FOR_EVER = Lease.NONE.acquire("a", Lease.FOR_EVER, NOW);

  private static void refused(String code, Executable call) {
    assertEquals(code, assertThrows(ApiException.class, call).code());
  }

  @Test
  void one_that_expired_may_be_renewed_or_taken_by_another() {
    assertEquals(Lease.State.LEASED, FIXED.state(NOW.plusSeconds(19)));
    assertEquals(Lease.State.EXPIRED, FIXED.state(LATER));
    assertEquals(Optional.of("fixed"), FIXED.duration(NOW));
    assertEquals(Lease.State.LEASED, FIXED.renew("a", LATER).state(LATER));
    assertEquals("b", FIXED.acquire("b", 15, LATER).id());
    refused("LeaseAlreadyPresent", () -> FIXED.acquire("b", 15, NOW));
    refused("LeaseNotPresentWithLeaseOperation", () -> FIXED.change("a", "b", LATER));
  }

  @Test
  void a_broken_one_ends_when_it_would_have_ended_or_sooner() {
    Lease breaking = FIXED.breakAfter(Optional.of(60), NOW);
    assertEquals(20, breaking.secondsToBreak(NOW));
    assertEquals(5, FIXED.breakAfter(Optional.of(5), NOW).secondsToBreak(NOW));
    assertEquals(Lease.State.BROKEN, FOR_EVER.breakAfter(Optional.empty(), NOW).state(NOW));
    assertEquals(30, FOR_EVER.breakAfter(Optional.of(30), NOW).secondsToBreak(NOW));
    assertEquals(Lease.State.BREAKING, breaking.state(NOW));
    assertEquals(Lease.State.BROKEN, breaking.state(LATER));
    refused("LeaseIsBreakingAndCannotBeAcquired", () -> breaking.acquire("a", 20, NOW));
    refused("LeaseAlreadyPresent", () -> breaking.acquire("b", 20, NOW));
    refused("LeaseIsBrokenAndCannotBeRenewed", () -> breaking.renew("a", LATER));
    refused("LeaseIsBreakingAndCannotBeChanged", () -> breaking.change("a", "b", NOW));
    assertEquals(Lease.NONE, breaking.release("a"));
  }

  @Test
  void only_the_holder_writes_and_a_write_ends_what_is_over() {
    LeaseClaim nobody = new LeaseClaim(null, "blob", NOW);
    refused("LeaseIdMissing", () -> nobody.requireHolder(FIXED));
    nobody.requireTrue(FIXED);
    LeaseClaim other = new LeaseClaim("b", "blob", NOW);
    refused("LeaseIdMismatchWithBlobOperation", () -> other.requireTrue(FIXED));
    refused("LeaseNotPresentWithBlobOperation", () -> other.requireTrue(Lease.NONE));
    refused("LeaseLost", () -> new LeaseClaim("a", "blob", LATER).requireTrue(FIXED));
    assertEquals(FIXED, FIXED.afterWrite(NOW));
    assertEquals(Lease.NONE, FIXED.afterWrite(LATER));
  }

  @Test
  void a_document_keeps_it() {
    for (Lease lease :
        new Lease[] {FIXED, FOR_EVER, FIXED.breakAfter(Optional.of(3), NOW), Lease.NONE}) {
      ObjectNode document = Json.object();
      LeaseJson.put(document, lease);
      assertEquals(lease, LeaseJson.of(document));
    }
  }
}
