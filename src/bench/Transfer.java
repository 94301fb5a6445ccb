import static java.nio.charset.StandardCharsets.UTF_8;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.ParallelTransferOptions;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One large blob up and down in blocks of 8 MiB, four at a time: through the official SDK, as its
 * users have it, and by {@link Wire}, which costs the client next to nothing.
 */
final class Transfer {
  private static final int BLOCK = 8 << 20;
  private static final int CONNECTIONS = 4;
  private static final String VERSION = "x-ms-version: 2021-08-06\r\n";

  static void up(BlobClient blob, Path file) {
    ParallelTransferOptions options =
        new ParallelTransferOptions().setBlockSizeLong((long) BLOCK).setMaxConcurrency(CONNECTIONS);
    blob.uploadFromFile(file.toString(), options, null, null, null, null, null);
  }

  static void down(BlobClient blob) {
    blob.downloadStream(OutputStream.nullOutputStream());
  }

  /** Sends blocks of noise over four connections, then the list that makes a blob of them. */
  static void up(Callable<Wire> connect, URI blob, String sas, int mib) throws Exception {
    byte[] noise = new byte[BLOCK];
    new Random(1).nextBytes(noise);
    int blocks = Math.max(1, mib * (1 << 20) / BLOCK);
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Future<Long>> sent = new ArrayList<>();
      for (int lane = 0; lane < CONNECTIONS; lane++) {
        int first = lane;
        sent.add(threads.submit(() -> lane(connect, blob, sas, noise, first, blocks)));
      }
      for (Future<Long> one : sent) {
        one.get();
      }
    } finally {
      threads.shutdown();
    }
    StringBuilder list = new StringBuilder("<BlockList>");
    for (int i = 0; i < blocks; i++) {
      list.append("<Latest>").append(id(i)).append("</Latest>");
    }
    byte[] body = list.append("</BlockList>").toString().getBytes(UTF_8);
    try (Wire wire = connect.call()) {
      wire.exchange(put(blob, "comp=blocklist&" + sas, body), 201);
    }
  }

  private static long lane(
      Callable<Wire> connect, URI blob, String sas, byte[] noise, int first, int blocks)
      throws Exception {
    try (Wire wire = connect.call()) {
      for (int i = first; i < blocks; i += CONNECTIONS) {
        wire.exchange(put(blob, "comp=block&blockid=" + id(i) + "&" + sas, noise), 201);
      }
    }
    return blocks;
  }

  /** Reads the whole blob over one connection; how many bytes came. */
  static long down(Callable<Wire> connect, URI blob, String sas) throws Exception {
    try (Wire wire = connect.call()) {
      byte[] get =
          Wire.request(
              "GET", blob.getAuthority(), blob.getRawPath() + "?" + sas, VERSION, new byte[0]);
      return wire.exchange(get, 200);
    }
  }

  private static byte[] put(URI blob, String query, byte[] body) {
    return Wire.request("PUT", blob.getAuthority(), blob.getRawPath() + "?" + query, VERSION, body);
  }

  private static String id(int number) {
    return Base64.getEncoder().encodeToString("%06d".formatted(number).getBytes(UTF_8));
  }

  private Transfer() {}
}
