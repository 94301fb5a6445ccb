package mlops.emulator.keyvault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mlops.emulator.arm.type.KeyVaults;
import mlops.emulator.http.Json;
import mlops.emulator.state.BrokenFile;
import mlops.emulator.state.DurableFiles;
import mlops.emulator.state.FileCache;
import mlops.emulator.state.Folders;
import mlops.emulator.state.StateTree;

/** The secrets of vaults: a file each, with all of its versions, that its owner alone can read. */
final class SecretFiles {
  private static final String FILE = "secret.versions";

  private final StateTree state;
  private final Clock clock;
  private final FileCache<StoredSecret> recent = new FileCache<>(SecretFiles::parse);

  SecretFiles(StateTree state, Clock clock) {
    this.state = state;
    this.clock = clock;
  }

  long now() {
    return clock.instant().getEpochSecond();
  }

  /** A secret, deleted or not; one whose time to be recovered is over is gone. */
  Optional<StoredSecret> find(Vault vault, String name) {
    return read(file(vault, name)).flatMap(secret -> unlessLapsed(vault, secret));
  }

  /** All secrets, deleted or not, by name. */
  List<StoredSecret> all(Vault vault) {
    try {
      return Folders.list(state.directory(collection(vault))).stream()
          .flatMap(folder -> read(folder.resolve(FILE)).stream())
          .flatMap(secret -> unlessLapsed(vault, secret).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A secret that is not deleted.
   *
   * @throws mlops.emulator.http.ApiException 404 SecretNotFound
   */
  StoredSecret live(Vault vault, String name) {
    return find(vault, name)
        .filter(secret -> !secret.wasDeleted())
        .orElseThrow(() -> VaultErrors.secretNotFound(name));
  }

  /**
   * A secret that can be recovered.
   *
   * @throws mlops.emulator.http.ApiException 404 SecretNotFound
   */
  StoredSecret deleted(Vault vault, String name) {
    return find(vault, name)
        .filter(StoredSecret::wasDeleted)
        .orElseThrow(() -> VaultErrors.deletedSecretNotFound(name));
  }

  /**
   * Writes a secret; nobody else does meanwhile.
   *
   * @param change looks at what is there, and says what is to be
   */
  StoredSecret write(Vault vault, Supplier<StoredSecret> change) {
    return state.exclusively(
        () -> {
          StoredSecret secret = change.get();
          write(file(vault, secret.name()), Json.MAPPER.valueToTree(secret));
          return secret;
        });
  }

  private static void write(Path file, JsonNode secret) {
    try {
      DurableFiles.writeSecret(file, Json.bytes(secret));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes a deleted secret away for good. */
  void purge(Vault vault, String name) {
    state.exclusively(() -> delete(vault, deleted(vault, name)));
  }

  private boolean delete(Vault vault, StoredSecret secret) {
    return state.delete(collection(vault) + "/" + secret.name());
  }

  private Optional<StoredSecret> unlessLapsed(Vault vault, StoredSecret secret) {
    if (!secret.isLapsed(now())) {
      return Optional.of(secret);
    }
    state.exclusively(
        () -> {
          boolean still =
              read(file(vault, secret.name())).filter(s -> s.isLapsed(now())).isPresent();
          if (still) {
            delete(vault, secret);
          }
          return still;
        });
    return Optional.empty();
  }

  private Optional<StoredSecret> read(Path file) {
    try {
      return Optional.of(recent.read(file));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw new BrokenFile(file, "it holds no secret").failure(new IOException("not as written"));
    } catch (IOException e) {
      throw BrokenFile.of(file, e).failure(e);
    }
  }

  private static StoredSecret parse(Path file) throws IOException {
    return Json.MAPPER.readValue(Files.readAllBytes(file), StoredSecret.class);
  }

  private Path file(Vault vault, String name) {
    return state.directory(collection(vault) + "/" + name).resolve(FILE);
  }

  private static String collection(Vault vault) {
    return KeyVaults.content(vault.name()) + "/secrets";
  }
}
