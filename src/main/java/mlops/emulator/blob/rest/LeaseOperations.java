package mlops.emulator.blob.rest;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.blob.lease.Lease;
import mlops.emulator.blob.request.BlobHeaders;
import mlops.emulator.blob.request.Conditions;
import mlops.emulator.blob.request.Parameters;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.ContainerInfo;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import org.jspecify.annotations.Nullable;

/** Lease Blob, Lease Container and Lease Path: five actions, which a header tells apart. */
public final class LeaseOperations {
  private static final String ACTION = "x-ms-lease-action";
  private static final String ID = "x-ms-lease-id";
  private static final String PROPOSED = "x-ms-proposed-lease-id";
  private static final String DURATION = "x-ms-lease-duration";
  private static final String BREAK_PERIOD = "x-ms-lease-break-period";
  private static final int SHORTEST = 15;
  private static final int LONGEST = 60;

  /** A GUID in one of the forms in which .NET writes them. */
  private static final Pattern GUID =
      Pattern.compile(
          "[{(]?(\\p{XDigit}{8})-?(\\p{XDigit}{4})-?(\\p{XDigit}{4})-?(\\p{XDigit}{4})-?(\\p{XDigit}{12})[)}]?");

  private static final Parameters ALL = Parameters.of(ACTION, ID, PROPOSED, DURATION, BREAK_PERIOD);
  private static final Map<String, Parameters> READ_BY_ACTION =
      Map.of(
          "acquire", Parameters.of(ACTION, DURATION, PROPOSED),
          "renew", Parameters.of(ACTION, ID),
          "change", Parameters.of(ACTION, ID, PROPOSED),
          "release", Parameters.of(ACTION, ID),
          "break", Parameters.of(ACTION, BREAK_PERIOD));

  /** What is read of a request, whose action decides it. */
  public static Parameters parameters(Request request) {
    return READ_BY_ACTION.getOrDefault(action(request.header(ACTION)), ALL);
  }

  private static String action(@Nullable String header) {
    return header == null ? "" : header.toLowerCase(Locale.ROOT);
  }

  public Response ofBlob(StorageRequest request) {
    Conditions conditions = request.conditions();
    Blob leased =
        request.update(
            (edit, blob) -> {
              conditions.require(blob);
              return blob.with(changed(request, blob.lease()));
            });
    return answer(request, BlobHeaders.changed(status(request), leased), leased.lease());
  }

  public Response ofContainer(StorageRequest request) {
    Conditions conditions = request.conditions();
    ContainerInfo leased =
        request
            .store()
            .containers()
            .rewrite(
                request.containerId(),
                info -> {
                  conditions.require(info);
                  return info.with(changed(request, info.lease()));
                })
            .orElseThrow(StorageErrors::containerNotFound);
    return answer(request, BlobHeaders.changed(status(request), leased), leased.lease());
  }

  private static Lease changed(StorageRequest request, Lease lease) {
    return switch (action(required(request, ACTION))) {
      case "acquire" -> lease.acquire(proposed(request), duration(request), request.now());
      case "renew" -> lease.renew(guid(request, ID), request.now());
      case "change" -> lease.change(guid(request, ID), guid(request, PROPOSED), request.now());
      case "release" -> lease.release(guid(request, ID));
      case "break" -> lease.breakAfter(breakPeriod(request), request.now());
      default -> throw StorageErrors.invalidHeader(ACTION, required(request, ACTION));
    };
  }

  private static int status(StorageRequest request) {
    return switch (action(required(request, ACTION))) {
      case "acquire" -> 201;
      case "break" -> 202;
      default -> 200;
    };
  }

  private static Response answer(StorageRequest request, Response response, Lease lease) {
    return switch (action(required(request, ACTION))) {
      case "acquire", "renew", "change" -> response.with(ID, lease.id());
      case "break" -> response.with("x-ms-lease-time", "" + lease.secondsToBreak(request.now()));
      default -> response;
    };
  }

  private static String proposed(StorageRequest request) {
    return request.header(PROPOSED) == null
        ? UUID.randomUUID().toString()
        : guid(request, PROPOSED);
  }

  private static String guid(StorageRequest request, String header) {
    String text = required(request, header);
    Matcher form = GUID.matcher(text);
    if (!form.matches()) {
      throw StorageErrors.invalidHeader(header, text);
    }
    return form.replaceFirst("$1-$2-$3-$4-$5").toLowerCase(Locale.ROOT);
  }

  private static int duration(StorageRequest request) {
    String text = required(request, DURATION);
    if (text.equals("" + Lease.FOR_EVER)) {
      return Lease.FOR_EVER;
    }
    return seconds(request, DURATION, SHORTEST).orElseThrow();
  }

  private static Optional<Integer> breakPeriod(StorageRequest request) {
    return seconds(request, BREAK_PERIOD, 0);
  }

  private static Optional<Integer> seconds(StorageRequest request, String header, int least) {
    return request
        .number(header)
        .map(
            seconds -> {
              if (seconds < least || seconds > LONGEST) {
                throw StorageErrors.invalidHeader(header, Long.toString(seconds));
              }
              return seconds.intValue();
            });
  }

  private static String required(StorageRequest request, String header) {
    String text = request.header(header);
    if (text == null) {
      throw StorageErrors.missingHeader(header);
    }
    return text;
  }
}
