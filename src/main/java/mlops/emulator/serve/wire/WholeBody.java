package mlops.emulator.serve.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A body that its reader takes into memory at once, such as JSON. It lies in a file until all of it
 * has come, so that who sends slowly holds no memory; then it takes its share of the budget.
 */
public final class WholeBody extends InputStream {
  /** What Azure Resource Manager takes. */
  public static final int LARGEST = 4 << 20;

  private static final int SMALL = 64 << 10;

  private final BodyInput body;
  private final MemoryBudget budget;
  private @Nullable InputStream whole;
  private int taken;

  public WholeBody(BodyInput body, MemoryBudget budget) {
    this.body = body;
    this.budget = budget;
  }

  @Override
  public int read() throws IOException {
    return whole().read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return whole().read(bytes, offset, length);
  }

  private InputStream whole() throws IOException {
    InputStream known = whole;
    if (known == null) {
      byte[] start = body.readNBytes(SMALL);
      known = start.length < SMALL ? small(start) : large(start);
      whole = known;
    }
    return known;
  }

  private InputStream small(byte[] all) {
    taken = budget.take(all.length);
    return new ByteArrayInputStream(all);
  }

  private InputStream large(byte[] start) throws IOException {
    Path file = Files.createTempFile("mlops-request", ".body");
    try {
      try (OutputStream out = Files.newOutputStream(file)) {
        out.write(start);
        body.transferTo(out);
      }
      taken = budget.take(Files.size(file));
      return Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /** Gives back what it took. */
  @Override
  public void close() throws IOException {
    budget.give(taken);
    taken = 0;
    InputStream read = whole;
    if (read != null) {
      read.close();
    }
  }
}
