package mlops.rehearsal.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;

/** The lines that grow at the end of a file, each forwarded once it is whole. */
public final class OutputLines {
  private static final int AT_ONCE = 1 << 16;

  private final RandomAccessFile file;
  private final JobLog log;
  private final ByteArrayOutputStream open = new ByteArrayOutputStream();

  public OutputLines(RandomAccessFile file, JobLog log) {
    this.file = file;
    this.log = log;
  }

  /**
   * Forwards what came since.
   *
   * @param all also a last line that has no end
   */
  public void forward(boolean all) throws IOException {
    byte[] bytes = new byte[AT_ONCE];
    int read = file.read(bytes);
    while (read > 0) {
      for (int at = 0; at < read; at++) {
        if (bytes[at] == '\n') {
          line();
        } else {
          open.write(bytes[at]);
        }
      }
      read = file.read(bytes);
    }
    if (all && open.size() > 0) {
      line();
    }
  }

  private void line() {
    String line = open.toString(StandardCharsets.UTF_8);
    open.reset();
    log.printed(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
  }
}
