package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.state.StateTree;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** An invocation whose answer does not arrive is not sent twice where it did. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LostAnswerTest {
  @TempDir Path folder;

  @Test
  void a_lost_answer_is_looked_up_and_a_lost_request_is_sent_again() {
    Site site = Site.tiny(folder.resolve("site"));
    assertEquals(0, site.run("replay", "--until", "promote-test"), site::said);
    assertEquals(0, statuses(site).size());

    Fault answer = new Fault(Fault.Kind.ANSWER_LOST);
    site.mlops().through(answer::around);
    assertEquals(0, site.run("batch-score", "--env", "test"), site::said);
    assertTrue(answer.hasHappened());
    assertTrue(site.said().contains("the answer was lost, but the job was made"), site::said);
    assertEquals(List.of("Completed"), statuses(site));
    assertEquals(3, site.predictions("test").size());

    Fault request = new Fault(Fault.Kind.REQUEST_LOST);
    site.mlops().through(request::around);
    assertEquals(0, site.run("batch-score", "--env", "test", "--force"), site::said);
    assertTrue(request.hasHappened());
    assertTrue(site.said().contains("nothing was made, so it is sent again"), site::said);
    assertEquals(List.of("Completed", "Completed"), statuses(site));
  }

  @Test
  void of_two_who_invoke_at_the_same_moment_one_takes_its_job_back() {
    Site site = Site.tiny(folder.resolve("twins"));
    assertEquals(0, site.run("replay", "--until", "promote-test"), site::said);
    Fault twin = new Fault(Fault.Kind.TWIN);
    site.mlops().through(twin::around);
    assertEquals(0, site.run("batch-score", "--env", "test"), site::said);
    assertTrue(twin.hasHappened());
    assertTrue(site.said().contains("another mlops asked for the same just before"), site::said);
    List<String> ended = ended(site);
    assertEquals(2, ended.size(), ended::toString);
    // The other is cancelled, or has found the results of the first at its place before that.
    assertEquals(1, Collections.frequency(ended, "Completed"), ended::toString);
    assertEquals(3, site.predictions("test").size());
  }

  /** The statuses of all scoring jobs in test, once none of them runs. */
  private static List<String> ended(Site site) {
    while (!List.of("Canceled", "Completed", "Failed").containsAll(statuses(site))) {
      Thread.onSpinWait();
    }
    return statuses(site);
  }

  private static List<String> statuses(Site site) {
    StateTree state = EmbeddedAzure.open(site.state(), EmbeddedAzureOptions.defaults()).state();
    return state.walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION).stream()
        .map(r -> r.path("id").asText())
        .filter(id -> id.contains("/workspaces/ml-mlopsdemo-demo-02/jobs/"))
        .map(id -> state.read(id.replace("/jobs/", "/runs/")).orElseThrow())
        .map(run -> run.path("status").asText())
        .sorted()
        .toList();
  }

  /** What happens once, at the first invocation. */
  private record Fault(Kind kind, AtomicBoolean happened) {
    enum Kind {
      /** The request arrives, and its answer is lost. */
      ANSWER_LOST,
      REQUEST_LOST,
      /** Somebody else sends the same just before. */
      TWIN
    }

    Fault(Kind kind) {
      this(kind, new AtomicBoolean());
    }

    boolean hasHappened() {
      return happened.get();
    }

    HttpClient around(HttpClient inner) {
      return new HttpClient() {
        @Override
        public Mono<HttpResponse> send(HttpRequest request) {
          return inner.send(request);
        }

        @Override
        public HttpResponse sendSync(HttpRequest request, Context context) {
          boolean invokes =
              request.getHttpMethod() == HttpMethod.POST
                  && request.getUrl().getHost().endsWith(".inference.ml.azure.com");
          if (!invokes || !happened.compareAndSet(false, true)) {
            return inner.sendSync(request, context);
          }
          if (kind != Kind.REQUEST_LOST) {
            inner.sendSync(request, context).close();
          }
          if (kind != Kind.TWIN) {
            throw new UncheckedIOException(new IOException("Connection reset"));
          }
          return inner.sendSync(request, context);
        }
      };
    }
  }
}
