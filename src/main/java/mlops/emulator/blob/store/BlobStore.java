package mlops.emulator.blob.store;

import com.azure.core.util.BinaryData;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.blob.acl.NewAccess;
import mlops.emulator.blob.acl.PathAccess;
import mlops.emulator.blob.content.ContentFiles;
import mlops.emulator.blob.content.Crc64;
import mlops.emulator.blob.content.WrittenFile;
import mlops.emulator.http.ApiException;
import mlops.emulator.state.StateTree;

/**
 * The blobs of all storage accounts, for the parts of the emulator that work on Azure's side of the
 * wire: no permission is asked here.
 *
 * <p>Accounts and containers are given by name. Methods throw {@link ApiException} 404
 * ResourceNotFound or ContainerNotFound where one is missing. Safe for any number of threads and
 * processes.
 */
public final class BlobStore {
  private static final int LONGEST_ACCOUNT = 24;
  private static final NewAccess SERVICE = NewAccess.by(PathAccess.SUPERUSER);

  private final BlobAccounts accounts;
  private final Containers containers;
  private final Clock clock;

  public BlobStore(StateTree state, BlobAccounts accounts, Clock clock) {
    this.accounts = accounts;
    this.containers = new Containers(state, clock);
    this.clock = clock;
  }

  /** Makes a container where it is not there yet. */
  public void createContainer(String account, String container) {
    containers.create(account(account).containerId(container), info -> info);
  }

  public boolean hasContainer(String account, String container) {
    return containers.exists(account(account).containerId(container));
  }

  /** The blob of this name; directories are not blobs. */
  public Optional<Blob> find(String account, String container, String name) {
    return container(account(account), container).findJoined(name).filter(b -> !b.isDirectory());
  }

  /** The blobs whose names start with the prefix, sorted by name, without directories. */
  public List<Blob> list(String account, String container, String prefix) {
    ContainerBlobs files = container(account(account), container);
    List<Blob> found =
        files.read(
            index ->
                index.from(prefix).values().stream()
                    .takeWhile(b -> b.name().startsWith(prefix))
                    .filter(b -> !b.isDirectory())
                    .toList());
    return found.stream()
        .flatMap(b -> (b.isInPieces() ? files.findJoined(b.name()) : Optional.of(b)).stream())
        .toList();
  }

  /**
   * Puts a file as a block blob, in place of one of the same name.
   *
   * @param content the file to copy, or with {@code move} to take over, which is quick where it is
   *     on the disk of the state
   */
  public Blob put(
      String account,
      String container,
      String name,
      Path content,
      boolean move,
      String contentType) {
    ContentFiles contents = container(account(account), container).contents();
    return put(account, container, name, contents.adopt(content, move), contentType);
  }

  /** Puts bytes as a block blob, in place of one of the same name. */
  public Blob put(
      String account, String container, String name, byte[] content, String contentType) {
    ContentFiles contents = container(account(account), container).contents();
    WrittenFile written = contents.write(BinaryData.fromBytes(content), true);
    return put(account, container, name, written, contentType);
  }

  private Blob put(
      String account, String container, String name, WrittenFile written, String contentType) {
    BlobAccounts.Account owner = account(account);
    ContentHeaders headers = ContentHeaders.ofType(contentType).withMd5(written.md5());
    BlobBytes bytes = BlobBytes.of(written);
    return container(owner, container)
        .change(
            edit -> {
              Blob blob = edit.newBlob(name, Blob.Kind.BLOCK, bytes, headers, Map.of());
              return edit.put(HierarchicalNamespace.placed(owner, edit, blob, SERVICE));
            });
  }

  /**
   * Adds bytes to the end of an append blob, such as a log, which is made where it is missing. They
   * count only once the index says so; what was there stays as it was, byte for byte.
   */
  public Blob append(String account, String container, String name, byte[] bytes) {
    BlobAccounts.Account owner = account(account);
    ContainerBlobs blobs = container(owner, container);
    return blobs.change(
        edit -> {
          Optional<Blob> there = edit.before().find(name).filter(b -> b.kind() == Blob.Kind.APPEND);
          if (there.isPresent()) {
            Blob blob = there.get();
            blobs.contents().append(bytes, blob.content(), blob.size());
            Crc64 sum = new Crc64();
            sum.update(bytes, 0, bytes.length);
            return edit.put(blob.with(blob.bytes().grown(bytes.length, sum.base64())));
          }
          BlobBytes first =
              BlobBytes.of(blobs.contents().write(BinaryData.fromBytes(bytes), false));
          ContentHeaders headers = ContentHeaders.ofType(null);
          Blob made = edit.newBlob(name, Blob.Kind.APPEND, first, headers, Map.of());
          return edit.put(HierarchicalNamespace.placed(owner, edit, made, SERVICE));
        });
  }

  /** Deletes a blob, or a directory with all that is in it. Says whether it was there. */
  public boolean delete(String account, String container, String name) {
    return container(account(account), container)
        .change(
            edit -> {
              Optional<Blob> blob = edit.before().find(name);
              if (blob.filter(Blob::isDirectory).isPresent()) {
                edit.before().below(name).forEach(b -> edit.make(BlobChange.delete(b.name())));
              }
              edit.make(BlobChange.delete(name));
              return blob.isPresent();
            });
  }

  public BlobAccounts.Account account(String name) {
    return Optional.of(name)
        .filter(n -> n.length() <= LONGEST_ACCOUNT)
        .flatMap(accounts::find)
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "ResourceNotFound", "The storage account %s does not exist.".formatted(name)));
  }

  public Containers containers() {
    return containers;
  }

  public Clock clock() {
    return clock;
  }

  /** A container that is there. */
  public ContainerBlobs container(BlobAccounts.Account account, String name) {
    String id = account.containerId(name);
    if (!containers.exists(id)) {
      throw StorageErrors.containerNotFound();
    }
    return containers.open(id);
  }
}
