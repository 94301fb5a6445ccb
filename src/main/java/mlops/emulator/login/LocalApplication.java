package mlops.emulator.login;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import mlops.emulator.http.Json;
import mlops.emulator.login.directory.ClientSecrets;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.state.BrokenFile;
import mlops.emulator.state.DurableFiles;
import mlops.emulator.state.StateTree;

/**
 * An application of the tenant that stands for the local user, for tools that log in with a secret:
 * its service principal holds the roles that the user holds, and the user those of it. The secrets
 * are in a file of the state that its owner alone can read.
 *
 * @param clientSecret the password of the application
 * @param objectId of its service principal
 * @param userPassword the password of the local user
 */
public record LocalApplication(
    String clientId, String clientSecret, String objectId, String userPassword) {
  private static final String CLIENT_ID = "33333333-3333-3333-3333-333333333333";
  private static final String APPLICATION = "44444444-4444-4444-4444-444444444444";
  private static final String PRINCIPAL = "55555555-5555-5555-5555-555555555555";
  private static final String NAME = "mlops local user";
  private static final Duration LIFE = Duration.ofDays(3650);

  /**
   * The application of a state, made at its first use.
   *
   * @param userId whose password is made with it
   * @param tag marks its service principal as one that may change the directory
   */
  public static LocalApplication of(
      StateTree state, Directory directory, Clock clock, String userId, String tag) {
    Path file = state.folder().resolve("login").resolve("local-application.json");
    return state.exclusively(
        () -> {
          try {
            return Files.exists(file)
                ? read(file)
                : make(file, state, directory, clock, userId, tag);
          } catch (JsonProcessingException e) {
            throw BrokenFile.of(file, e).failure(e);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Whether an object id is that of its service principal. */
  public static boolean isPrincipal(String objectId) {
    return PRINCIPAL.equalsIgnoreCase(objectId);
  }

  /**
   * The application for the local user, the user for the application, anyone else for itself: what
   * one of the two is given counts for the other, as both are the same person.
   */
  public static String counterpart(String objectId, String userId) {
    if (isPrincipal(objectId)) {
      return userId;
    }
    return userId.equalsIgnoreCase(objectId) ? PRINCIPAL : objectId;
  }

  private static LocalApplication read(Path file) throws IOException {
    if (!(Json.MAPPER.readTree(Files.readAllBytes(file)) instanceof ObjectNode kept)) {
      throw new IOException("the state file %s holds no document".formatted(file));
    }
    return new LocalApplication(
        CLIENT_ID,
        kept.path("clientSecret").asText(),
        PRINCIPAL,
        kept.path("userPassword").asText());
  }

  private static LocalApplication make(
      Path file, StateTree state, Directory directory, Clock clock, String userId, String tag)
      throws IOException {
    Instant end = clock.instant().plus(LIFE);
    ClientSecrets secrets = new ClientSecrets(state, clock);
    addApplication(state, clock);
    ObjectNode principal = Json.object();
    principal.put("@odata.type", "#microsoft.graph.servicePrincipal").put("id", PRINCIPAL);
    principal.put("appId", CLIENT_ID).put("displayName", NAME).put("appDisplayName", NAME);
    principal.put("servicePrincipalType", "Application").put("accountEnabled", true);
    principal.putArray("servicePrincipalNames").add(CLIENT_ID);
    principal.putArray("tags").add(tag);
    directory.put(principal);
    LocalApplication made =
        new LocalApplication(
            CLIENT_ID,
            secrets.add(CLIENT_ID, "local", end),
            PRINCIPAL,
            secrets.add(userId, "local", end));
    ObjectNode kept = Json.object().put("clientId", CLIENT_ID);
    kept.put("clientSecret", made.clientSecret()).put("userPassword", made.userPassword());
    DurableFiles.writeSecret(file, Json.bytes(kept));
    return made;
  }

  private static void addApplication(StateTree state, Clock clock) {
    ObjectNode application = Json.object().put("id", APPLICATION).put("appId", CLIENT_ID);
    application.put("displayName", NAME).put("signInAudience", "AzureADMyOrg");
    application.put("createdDateTime", clock.instant().toString());
    for (String list : new String[] {"identifierUris", "keyCredentials", "passwordCredentials"}) {
      application.putArray(list);
    }
    state.write(ClientApplications.APPLICATIONS + "/" + APPLICATION, application);
  }
}
