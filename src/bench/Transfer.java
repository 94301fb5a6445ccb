import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.ParallelTransferOptions;
import java.io.OutputStream;
import java.nio.file.Path;

/** One large blob up and down through the official SDK: blocks of 8 MiB, four at a time. */
final class Transfer {
  private static final long BLOCK = 8L << 20;

  static void up(BlobClient blob, Path file) {
    ParallelTransferOptions options =
        new ParallelTransferOptions().setBlockSizeLong(BLOCK).setMaxConcurrency(4);
    blob.uploadFromFile(file.toString(), options, null, null, null, null, null);
  }

  static void down(BlobClient blob) {
    blob.downloadStream(OutputStream.nullOutputStream());
  }

  private Transfer() {}
}
