package mlops.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.HttpRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import mlops.error.MlopsException;
import org.jspecify.annotations.Nullable;

/**
 * A request that failed without an answer.
 *
 * @param why what happened to the connection; empty where something else failed, or where the
 *     failure says already what a person has to do
 */
record BrokenConnection(Exception failure, Optional<IOException> why) {
  static BrokenConnection in(Exception failure) {
    boolean settled =
        causes(failure)
            .anyMatch(
                cause ->
                    cause instanceof MlopsException
                        || cause instanceof ClientAuthenticationException
                        || cause instanceof FileSystemException);
    return new BrokenConnection(
        failure,
        settled
            ? Optional.empty()
            : causes(failure).flatMap(cause -> Stream.ofNullable(network(cause))).findFirst());
  }

  private static @Nullable IOException network(Throwable cause) {
    return cause instanceof IOException io
        ? io
        : cause instanceof TimeoutException ? new IOException("no answer in time", cause) : null;
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, c -> c != null, c -> c.getCause() == c ? null : c.getCause());
  }

  boolean isBroken() {
    return why.isPresent();
  }

  /** Whether nothing of the request can have arrived. */
  boolean isUnsent() {
    return causes(failure)
        .anyMatch(
            cause ->
                cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof HttpConnectTimeoutException);
  }

  /** What the caller gets: where the network failed, with the host, what was asked, how often. */
  RuntimeException told(HttpRequest request, int tries) {
    if (why.isPresent() && !(why.get() instanceof NoAnswerException)) {
      return new UncheckedIOException(new NoAnswerException(request, tries, why.get()));
    }
    return failure instanceof RuntimeException same ? same : new IllegalStateException(failure);
  }
}
