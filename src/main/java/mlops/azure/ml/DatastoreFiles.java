package mlops.azure.ml;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlobUploadFromFileOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mlops.azure.Lookup;
import mlops.azure.Md5;
import mlops.error.MlopsException;
import org.jspecify.annotations.Nullable;

/** Files in the datastores of a workspace. */
public final class DatastoreFiles {
  private final Workspace workspace;

  public DatastoreFiles(Workspace workspace) {
    this.workspace = workspace;
  }

  /** The bytes of a small file, or empty where there is none. */
  public Optional<byte[]> read(DatastoreUri file) {
    return Lookup.find(() -> blob(file).downloadContent().toBytes());
  }

  /** Whether there is a file; a folder of a hierarchical namespace is none. */
  public boolean exists(DatastoreUri file) {
    return Lookup.find(() -> blob(file).getProperties())
        .filter(p -> !isFolder(p.getMetadata()))
        .isPresent();
  }

  /**
   * The files below a folder, by their path relative to it; sorted. The file itself where it is
   * one.
   */
  public List<String> list(DatastoreUri folder) {
    int start = prefix(folder).length();
    return items(folder).stream().map(item -> item.getName().substring(start)).toList();
  }

  private List<BlobItem> items(DatastoreUri folder) {
    return container(folder).listBlobs(options(prefix(folder)), null).stream()
        .filter(item -> !isFolder(item.getMetadata()))
        .toList();
  }

  private static String prefix(DatastoreUri folder) {
    return folder.path().isEmpty() || folder.path().endsWith("/")
        ? folder.path()
        : folder.path() + "/";
  }

  private static ListBlobsOptions options(String prefix) {
    return new ListBlobsOptions()
        .setPrefix(prefix)
        .setDetails(new BlobListDetails().setRetrieveMetadata(true));
  }

  /** In a hierarchical namespace folders are listed as empty blobs that say so. */
  private static boolean isFolder(@Nullable Map<String, String> metadata) {
    return metadata != null && "true".equals(metadata.get("hdi_isfolder"));
  }

  /** A text that changes when the content at a place does: the ETags of its files. */
  public String fingerprint(DatastoreUri place) {
    if (exists(place)) {
      return blob(place).getProperties().getETag();
    }
    StringBuilder text = new StringBuilder();
    for (BlobItem item : items(place)) {
      text.append(item.getName()).append(' ').append(item.getProperties().getETag()).append('\n');
    }
    return text.toString();
  }

  /** Whether a local file has the content of one in a datastore, by length and MD5. */
  public boolean isSame(DatastoreUri there, Path here) {
    if (!Files.isRegularFile(here)) {
      return false;
    }
    BlobProperties properties = blob(there).getProperties();
    byte[] md5 = properties.getContentMd5();
    try {
      return properties.getBlobSize() == Files.size(here)
          && md5 != null
          && MessageDigest.isEqual(md5, Md5.of(here));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts the files below a folder into a local one, and says which. */
  public List<Path> download(DatastoreUri folder, Path into) {
    List<Path> files = new ArrayList<>();
    for (String name : list(folder)) {
      Path file = into.resolve(name).normalize();
      if (!file.startsWith(into)) {
        throw MlopsException.refused(
            "UnsafePath",
            "%s has a file that would lie outside %s: %s".formatted(folder, into, name),
            "mlops does not upload such files. Delete it there, or take the data from another folder.");
      }
      downloadFile(folder.resolve(name), file);
      files.add(file);
    }
    return files;
  }

  /**
   * Downloads one file; what was at the place before is replaced in one step, so that nobody reads
   * half of it.
   */
  public void downloadFile(DatastoreUri from, Path to) {
    Path file = to.toAbsolutePath();
    Path part = file.resolveSibling("." + UUID.randomUUID() + ".part");
    try {
      Files.createDirectories(file.resolveSibling(""));
      try {
        blob(from).downloadToFile(part.toString());
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Uploads one file, as it is, over whatever is there. */
  public void upload(Path file, DatastoreUri to) {
    blob(to).uploadFromFileWithResponse(new BlobUploadFromFileOptions(file.toString()), null, null);
  }

  private BlobClient blob(DatastoreUri file) {
    return container(file).getBlobClient(file.path());
  }

  private BlobContainerClient container(DatastoreUri place) {
    return workspace.datastore(place.datastore());
  }
}
