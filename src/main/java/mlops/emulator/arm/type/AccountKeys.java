package mlops.emulator.arm.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.state.DurableFiles;
import mlops.emulator.state.FileCache;

/**
 * The two keys of a storage account or of a Log Analytics workspace: 64 random bytes each, in a
 * file of its owner only.
 */
final class AccountKeys {
  private static final List<String> NAMES = List.of("key1", "key2");
  private static final int BYTES = 64;

  private final ArmResources resources;
  private final SecureRandom random = new SecureRandom();
  private final FileCache<List<String>> recent = new FileCache<>(AccountKeys::read);

  AccountKeys(ArmResources resources) {
    this.resources = resources;
  }

  private static List<String> read(Path file) throws IOException {
    try {
      List<String> keys = List.copyOf(Files.readAllLines(file, StandardCharsets.US_ASCII));
      if (keys.size() == NAMES.size()
          && keys.stream().allMatch(k -> Base64.getDecoder().decode(k).length == BYTES)) {
        return keys;
      }
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw new IOException("the state file %s holds no keys".formatted(file), e);
    }
    throw new IOException("the state file %s holds no keys".formatted(file));
  }

  void make(String accountId) {
    write(accountId, List.of(fresh(), fresh()));
  }

  List<String> of(String accountId) {
    try {
      if (!file(accountId).toFile().exists()) {
        make(accountId); // a deletion that a crash cut short took the old ones
      }
      return recent.read(file(accountId));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes a key anew.
   *
   * @throws ApiException 400 where the account has no key of that name
   */
  void replace(String accountId, String name) {
    if (!NAMES.contains(name)) {
      throw ApiException.badRequest(
          "InvalidValuesForRequestParameters",
          "Values for request parameters are invalid: keyName.");
    }
    List<String> keys = new ArrayList<>(of(accountId));
    keys.set(NAMES.indexOf(name), fresh());
    write(accountId, keys);
  }

  ObjectNode document(ObjectNode account) {
    List<String> keys = of(account.path("id").asText());
    ObjectNode document = Json.object();
    for (String name : NAMES) {
      document
          .withArray("/keys")
          .addObject()
          .put("creationTime", account.at("/properties/keyCreationTime/" + name).asText())
          .put("keyName", name)
          .put("value", keys.get(NAMES.indexOf(name)))
          .put("permissions", "FULL");
    }
    return document;
  }

  private String fresh() {
    byte[] key = new byte[BYTES];
    random.nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  private void write(String accountId, List<String> keys) {
    try {
      DurableFiles.writeSecret(
          file(accountId), (String.join("\n", keys) + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String accountId) {
    return resources.state().directory(accountId).resolve("account.keys");
  }
}
