package mlops.emulator;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.blob.store.ContainerCheck;
import mlops.emulator.blob.store.ContainerInfo;
import mlops.emulator.state.BrokenFile;
import mlops.emulator.state.DocumentCheck;
import mlops.emulator.state.Folders;
import mlops.emulator.state.StateVersion;

/**
 * Reads all of a state, without opening it, and says what is broken.
 *
 * @param documents how many were read
 * @param containers the same of the journals of containers
 */
public record StateCheck(List<BrokenFile> broken, int documents, int containers) {
  /** Private keys, by the end of their file, and what they are for. */
  private static final Map<String, String> KEYS =
      Map.of("signing-key.pkcs8", "RSA", "ca.key", "EC");

  /**
   * Reads the state in a folder.
   *
   * @param content whether the bytes of blobs are read too, and held against their hashes
   */
  public static StateCheck of(Path folder, boolean content) {
    List<BrokenFile> broken = new ArrayList<>();
    DocumentCheck documents = new DocumentCheck(folder);
    int read = 0;
    int containers = 0;
    try {
      StateVersion.requireKnown(folder);
      for (Path file : Folders.files(folder)) {
        if (documents.isDocument(file)) {
          read++;
          documents.check(file).or(() -> container(file)).ifPresent(broken::add);
        } else if (file.endsWith(ContainerCheck.JOURNAL)) {
          containers++;
          broken.addAll(ContainerCheck.of(parent(file), content));
        } else {
          key(file).ifPresent(broken::add);
        }
      }
    } catch (FileSystemException e) {
      broken.add(BrokenFile.of(Path.of(String.valueOf(e.getFile())), e));
    } catch (IOException e) {
      broken.add(BrokenFile.of(folder, e));
    }
    return new StateCheck(List.copyOf(broken), read, containers);
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }

  /** A container's document is read by the data plane of storage too, which asks for more. */
  private static Optional<BrokenFile> container(Path file) {
    Path collection = parent(file);
    if (!collection.endsWith("blobservices/default/containers")) {
      return Optional.empty();
    }
    try {
      ContainerInfo.read(file);
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.of(BrokenFile.of(file, e));
    }
  }

  private static Optional<BrokenFile> key(Path file) {
    String name = file.getFileName().toString();
    try {
      if (KEYS.containsKey(name)) {
        KeyFactory.getInstance(KEYS.get(name))
            .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(file)));
      } else if (name.equals("account.keys")) {
        Files.readAllLines(file).forEach(key -> Base64.getDecoder().decode(key));
      }
      return Optional.empty();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.of(new BrokenFile(file, "it holds no key"));
    } catch (IOException e) {
      return Optional.of(BrokenFile.of(file, e));
    }
  }
}
