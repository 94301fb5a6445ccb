package mlops.emulator.github.route;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.util.BinaryData;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import mlops.emulator.github.account.GitHubToken;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.state.StandardHashes;

/**
 * What stands above each answer of GitHub: limits, scopes, and the tag by which it is asked again.
 */
public final class AnswerHeaders {
  static final String DOCUMENTATION = "https://docs.github.com/rest";
  private static final String ACCEPTED_SCOPES = "X-Accepted-OAuth-Scopes";

  private final RateLimit limit;

  public AnswerHeaders(RateLimit limit) {
    this.limit = limit;
  }

  /** The answer with its headers; 304 where the client has it already, which costs nothing. */
  Response complete(Request request, GitHubToken token, Response response) {
    Response tagged = response;
    if (request.method().equals("GET") && response.status() == 200) {
      String tag = "W/\"%s\"".formatted(hash(response.body()));
      tagged = tag.equals(request.header("If-None-Match")) ? Response.empty(304) : response;
      tagged.with("ETag", tag).with("Cache-Control", "private, max-age=60, s-maxage=60");
    }
    all(token, tagged.status() == 304 ? 0 : 1).forEach(tagged::with);
    if (token.isClassic()
        && tagged.headers().get(HttpHeaderName.fromString(ACCEPTED_SCOPES)) == null) {
      tagged.with(ACCEPTED_SCOPES, "repo");
    }
    return tagged;
  }

  ApiException complete(GitHubToken token, ApiException refusal) {
    all(token, 1).forEach(refusal::with);
    return refusal;
  }

  private Map<String, String> all(GitHubToken token, int cost) {
    ObjectNode figures = limit.spend(token, cost);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-GitHub-Media-Type", "github.v3; format=json");
    headers.put("X-RateLimit-Limit", figures.path("limit").asText());
    headers.put("X-RateLimit-Remaining", figures.path("remaining").asText());
    headers.put("X-RateLimit-Used", figures.path("used").asText());
    headers.put("X-RateLimit-Reset", figures.path("reset").asText());
    headers.put("X-RateLimit-Resource", "core");
    token.scopes().ifPresent(scopes -> headers.put("X-OAuth-Scopes", String.join(", ", scopes)));
    return headers;
  }

  private static String hash(BinaryData body) {
    return HexFormat.of().formatHex(StandardHashes.sha256(body.toBytes()));
  }
}
