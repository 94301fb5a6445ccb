package mlops.emulator.serve.wire;

import com.azure.core.http.HttpHeaders;
import java.util.Locale;
import mlops.emulator.http.Json;
import mlops.emulator.http.Response;

/** Responses that the listener gives itself, before any service of Azure is asked. */
public final class ListenerResponses {
  /** Stands for a request that could not be read. */
  public static final RequestHead UNREAD = new RequestHead("GET", "/", 1, new HttpHeaders());

  public static Response plain(int status, String message) {
    String code =
        switch (status) {
          case 403 -> "HostNotServed";
          case 407 -> "ProxyAuthenticationRequired";
          case 408 -> "RequestTimeout";
          case 413 -> "RequestContentTooLarge";
          case 421 -> "MisdirectedRequest";
          case 431 -> "RequestHeaderTooLarge";
          case 502 -> "BadGateway";
          case 501, 505 -> "NotImplemented";
          default -> "BadRequest";
        };
    var body = Json.object();
    body.putObject("error").put("code", code).put("message", message);
    Response response = Response.json(status, body);
    return status == 407
        ? response.with("Proxy-Authenticate", "Basic realm=\"the proxy of a job\"")
        : response;
  }

  /**
   * The path and query of a request target, which may also be written as a whole URL.
   *
   * @throws MalformedRequest where it is neither
   */
  public static String origin(String target, String host) throws MalformedRequest {
    if (target.startsWith("/")) {
      return withoutFragment(target);
    }
    String prefix = "https://" + host;
    if (target.toLowerCase(Locale.ROOT).startsWith(prefix + "/")) {
      return withoutFragment(target.substring(prefix.length()));
    }
    throw new MalformedRequest(400, "The request target is not a path.");
  }

  private static String withoutFragment(String target) {
    int hash = target.indexOf('#');
    return hash < 0 ? target : target.substring(0, hash);
  }

  private ListenerResponses() {}
}
