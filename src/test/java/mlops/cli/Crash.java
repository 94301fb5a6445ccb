package mlops.cli;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import mlops.error.MlopsException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A command that dies at one of its requests, as Azure sees it: nothing reaches it any more. Or
 * whose answer gets lost.
 */
final class Crash {
  enum Moment {
    KILL_BEFORE,
    KILL_AFTER,
    DROP_AFTER
  }

  /** Which requests count. */
  enum Kind {
    /** Those that may change something. */
    CHANGE,
    /** Those that only look: killed before one or after it, Azure is the same. */
    LOOK;

    /** The moments that leave something else each. */
    List<Moment> moments() {
      return this == CHANGE
          ? List.of(Moment.values())
          : List.of(Moment.KILL_BEFORE, Moment.DROP_AFTER);
    }

    private boolean is(HttpRequest sent) {
      return LOOKS.contains(sent.getHttpMethod()) == (this == LOOK);
    }
  }

  private static final Set<HttpMethod> LOOKS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final Moment moment;
  private final int number;
  private final Kind kind;
  private final AtomicInteger seen = new AtomicInteger();
  private volatile boolean dead;
  private volatile String request = "";

  /**
   * @param number of the request, counted from 1 among those of its kind
   */
  Crash(Moment moment, int number, Kind kind) {
    this.moment = moment;
    this.number = number;
    this.kind = kind;
  }

  /** How many requests were seen. */
  int seen() {
    return seen.get();
  }

  boolean isDrop() {
    return moment == Moment.DROP_AFTER;
  }

  /** What it happened at; empty where it did not. */
  String request() {
    return request;
  }

  HttpClient around(HttpClient inner) {
    return new HttpClient() {
      @Override
      public Mono<HttpResponse> send(HttpRequest sent) {
        return Mono.fromCallable(() -> sendSync(sent, Context.NONE))
            .subscribeOn(Schedulers.boundedElastic());
      }

      @Override
      public HttpResponse sendSync(HttpRequest sent, Context context) {
        if (!isIt(sent)) {
          return inner.sendSync(sent, context);
        }
        request = "%s %s".formatted(sent.getHttpMethod(), sent.getUrl());
        dead = moment != Moment.DROP_AFTER;
        if (moment == Moment.KILL_BEFORE) {
          throw killed();
        }
        inner.sendSync(sent, context).close();
        throw dead ? killed() : new UncheckedIOException(new SocketException("Connection reset"));
      }
    };
  }

  private boolean isIt(HttpRequest sent) {
    if (dead) {
      throw killed();
    }
    return kind.is(sent) && seen.incrementAndGet() == number;
  }

  /** What no layer sends again. */
  private static RuntimeException killed() {
    return new IllegalStateException(MlopsException.failed("Killed", "killed", "Run it again."));
  }

  @Override
  public String toString() {
    return "%s %s %d: %s".formatted(moment, kind, number, request);
  }
}
