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
import java.util.concurrent.atomic.AtomicBoolean;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.Options;
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
    assertEquals(0, jobs(site));

    Breaking answer = new Breaking(true);
    site.mlops().through(answer::around);
    assertEquals(0, site.run("batch-score", "--env", "test"), site::said);
    assertTrue(answer.hasBroken());
    assertTrue(site.said().contains("the answer was lost, but the job was made"), site::said);
    assertEquals(1, jobs(site));
    assertEquals(3, site.predictions("test").size());

    Breaking request = new Breaking(false);
    site.mlops().through(request::around);
    assertEquals(0, site.run("batch-score", "--env", "test", "--force"), site::said);
    assertTrue(request.hasBroken());
    assertTrue(site.said().contains("nothing was made, so it is sent again"), site::said);
    assertEquals(2, jobs(site));
  }

  private static long jobs(Site site) {
    EmbeddedAzure azure = EmbeddedAzure.open(site.state(), Options.defaults());
    return azure.state().walk("/subscriptions/" + Options.SUBSCRIPTION).stream()
        .filter(r -> r.path("id").asText().contains("/workspaces/ml-mlopsdemo-demo-02/jobs/"))
        .count();
  }

  /** Breaks the connection once, at the first invocation. */
  private static final class Breaking {
    private final boolean arrives;
    private final AtomicBoolean broken = new AtomicBoolean();

    /**
     * @param arrives whether the request arrives, and only its answer is lost
     */
    Breaking(boolean arrives) {
      this.arrives = arrives;
    }

    boolean hasBroken() {
      return broken.get();
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
          if (!invokes || !broken.compareAndSet(false, true)) {
            return inner.sendSync(request, context);
          }
          if (arrives) {
            inner.sendSync(request, context).close();
          }
          throw new UncheckedIOException(new IOException("Connection reset"));
        }
      };
    }
  }
}
