package mlops.azure;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.azure.time.Deadline;
import mlops.azure.time.Time;
import mlops.error.MlopsException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Registers a resource provider when Azure says that the subscription lacks it, then sends the
 * request again: what a fresh subscription needs.
 */
final class ProviderRegistration implements HttpPipelinePolicy {
  private static final String API_VERSION = "2021-04-01";
  private static final Pattern PROVIDER = Pattern.compile("/providers/([^/?]+)");
  private static final Duration DEADLINE = Duration.ofMinutes(10);

  private final Lazy<RestClient> rest;
  private final String subscription;
  private final Duration pollInterval;
  private final Time time;

  /**
   * @param rest a client whose pipeline is without this policy
   */
  ProviderRegistration(Lazy<RestClient> rest, AzureConnection connection) {
    this.rest = rest;
    this.subscription = connection.subscription();
    this.pollInterval = connection.pollInterval();
    this.time = connection.time();
  }

  @Override
  public HttpResponse processSync(
      HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
    HttpPipelineNextSyncPolicy again = next.clone();
    HttpResponse response = next.processSync();
    if (response.getStatusCode() != 409) {
      return response;
    }
    HttpResponse whole = response.buffer();
    return registered(whole) ? again.processSync() : whole;
  }

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
    HttpPipelineNextPolicy again = next.clone();
    return next.process()
        .flatMap(
            response -> {
              if (response.getStatusCode() != 409) {
                return Mono.just(response);
              }
              HttpResponse whole = response.buffer();
              return Mono.fromCallable(() -> registered(whole))
                  .subscribeOn(Schedulers.boundedElastic())
                  .flatMap(done -> done ? again.process() : Mono.just(whole));
            });
  }

  /** Registers the provider that the answer misses. Says whether there was one. */
  private boolean registered(HttpResponse response) {
    String code = RestClient.body(response).path("error").path("code").asText();
    Matcher provider = PROVIDER.matcher(response.getRequest().getUrl().getPath());
    if (!code.equals("MissingSubscriptionRegistration") || !provider.find()) {
      return false;
    }
    register(provider.group(1));
    return true;
  }

  private void register(String namespace) {
    String url =
        "https://management.azure.com/subscriptions/%s/providers/%s"
            .formatted(subscription, namespace);
    JsonNode state = rest.get().post(url + "/register?api-version=" + API_VERSION, null);
    Deadline deadline = Deadline.in(DEADLINE, time);
    while (!state.path("registrationState").asText().equals("Registered")) {
      if (deadline.isOver()) {
        throw MlopsException.failed(
            "MissingSubscriptionRegistration",
            "the resource provider %s is still not registered after %d minutes"
                .formatted(namespace, DEADLINE.toMinutes()),
            "Look at it with: az provider show --namespace " + namespace);
      }
      deadline.pause(pollInterval.multipliedBy(5));
      state =
          RestClient.body(
              RestClient.required(
                  rest.get()
                      .send(HttpMethod.GET, url + "?api-version=" + API_VERSION, null, Map.of())));
    }
  }
}
