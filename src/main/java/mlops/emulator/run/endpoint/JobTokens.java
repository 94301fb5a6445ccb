package mlops.emulator.run.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.login.directory.Principal;
import mlops.emulator.login.token.Audiences;
import mlops.emulator.run.record.JobId;
import mlops.emulator.run.record.ReachableAzure;
import org.jspecify.annotations.Nullable;

/**
 * What the processes of a job show to be let in, and what it is exchanged for. The token of the job
 * opens nothing but the endpoint of this job, where it stands for whoever submitted the job.
 */
final class JobTokens {
  private static final Duration LIFETIME = Duration.ofDays(30);
  private static final int SECRET_BYTES = 24;

  private final ReachableAzure azure;
  private final String submitter;
  private final String runToken;
  private final SecureRandom random = new SecureRandom();

  private @Nullable String submitterToken;

  /** The token of the submitter is issued anew when a new one would end later than this. */
  private Instant renewal = Instant.MIN;

  /** By the secret that opens it, the object id of an identity. */
  private final Map<String, String> identities = new ConcurrentHashMap<>();

  /**
   * @param submitter the object id of whoever submitted the job
   */
  JobTokens(ReachableAzure azure, JobId job, String submitter, Instant now) {
    this.azure = azure;
    this.submitter = submitter;
    ObjectNode claims = Json.object().put("aud", "urn:mlops:job").put("sub", job.id());
    claims.put("oid", submitter).put("iat", now.getEpochSecond()).put("jti", secret());
    claims.put("exp", now.plus(LIFETIME).getEpochSecond());
    this.runToken = azure.tokens().sign(claims);
  }

  /** Something that nobody can guess. */
  String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The token of the job: a JWT, for clients look into it for its end. */
  String runToken() {
    return runToken;
  }

  /** Whether a request shows the token of the job. */
  boolean admits(@Nullable String authorization) {
    return authorization != null
        && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
        && MessageDigest.isEqual(
            authorization.substring(7).strip().getBytes(UTF_8), runToken.getBytes(UTF_8));
  }

  /** A new secret for whoever may ask for tokens of an identity. */
  String secretFor(String objectId) {
    String secret = secret();
    identities.put(secret, objectId);
    return secret;
  }

  /** The identity that a secret opens. */
  Optional<Principal> identity(@Nullable String secret) {
    return Optional.ofNullable(secret)
        .flatMap(s -> Optional.ofNullable(identities.get(s)))
        .flatMap(azure.directory()::find);
  }

  /** The client id of an identity. */
  Optional<String> clientId(String objectId) {
    return azure.directory().find(objectId).map(Principal::appId);
  }

  String issue(Principal principal, String audience) {
    return azure.tokens().issue(principal, audience);
  }

  Instant expiry() {
    return azure.tokens().expiry();
  }

  /**
   * A token for the data plane of Azure Machine Learning, of whoever submitted the job: the same
   * for half of its life, since to sign one takes longer than most requests.
   */
  synchronized String ofSubmitter() {
    Principal principal =
        azure
            .directory()
            .find(submitter)
            .orElseThrow(
                () ->
                    new ApiException(
                        401,
                        "PERMISSION_DENIED",
                        "Whoever submitted the job is not in the directory."));
    Instant expiry = expiry();
    String token = submitterToken;
    if (token == null || expiry.isAfter(renewal)) {
      token = issue(principal, Audiences.ML);
      submitterToken = token;
      renewal = expiry.plus(Duration.ofMinutes(30));
    }
    return token;
  }
}
