package mlops.azure;

import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.options.BlobUploadFromFileOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A blob that is to hold a file of this machine; content is told apart by MD5. */
public final class FileBlob {
  private static final int FORBIDDEN = 403;

  private final BlobClient blob;
  private final Path file;

  /**
   * @param name of the blob in a container of an account
   */
  public FileBlob(Azure azure, String account, String container, String name, Path file) {
    this.blob = azure.container(account, container).getBlobClient(name);
    this.file = file;
  }

  /** What is there. */
  public enum State {
    MISSING,
    SAME,
    OTHER,
    /** The caller has no role that lets it look, or not yet. */
    FORBIDDEN
  }

  /** Looks. */
  public State state() {
    try {
      return Lookup.find(() -> blob.getProperties())
          .map(there -> isSame(there.getContentMd5()) ? State.SAME : State.OTHER)
          .orElse(State.MISSING);
    } catch (BlobStorageException e) {
      if (Lookup.status(e) == FORBIDDEN) {
        return State.FORBIDDEN;
      }
      throw e;
    }
  }

  private boolean isSame(byte @Nullable [] md5) {
    return Arrays.equals(md5 == null ? new byte[0] : md5, Md5.of(file));
  }

  /**
   * Writes the file over what is there.
   *
   * @param contentType empty for Azure's own
   */
  public void upload(Optional<String> contentType) {
    BlobHttpHeaders headers =
        new BlobHttpHeaders().setContentType(contentType.orElse(null)).setContentMd5(Md5.of(file));
    blob.uploadFromFileWithResponse(
        new BlobUploadFromFileOptions(file.toString()).setHeaders(headers), null, Context.NONE);
  }
}
