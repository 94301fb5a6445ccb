import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A folder for one benchmark, which goes with it. It lies below the project, as the state of users
 * does: a crowded /tmp can be many times slower at making files.
 */
record Scratch(Path folder) implements AutoCloseable {
  private static final int MIB = 1 << 20;

  static Scratch make(String name) throws IOException {
    Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
    return new Scratch(Files.createTempDirectory(target, name));
  }

  Path resolve(String name) {
    return folder.resolve(name);
  }

  /** A file of bytes that do not compress, on the disk before this returns. */
  Path noise(int mib) throws IOException {
    Path file = folder.resolve("noise-" + mib);
    if (!Files.exists(file)) {
      write(file, mib, true);
    }
    return file;
  }

  /**
   * What the disk takes in MB/s, by the plainest program there is: 1 MiB a write.
   *
   * @param force whether to wait for the platters at the end
   */
  double diskRate(int mib, boolean force) throws IOException {
    Path file = folder.resolve("disk");
    long start = System.nanoTime();
    write(file, mib, force);
    double seconds = (System.nanoTime() - start) / 1e9;
    Files.delete(file);
    return mib * 1.048576 / seconds;
  }

  private static void write(Path file, int mib, boolean force) throws IOException {
    byte[] block = new byte[MIB];
    new Random(1).nextBytes(block);
    try (FileChannel out = FileChannel.open(file, CREATE_NEW, WRITE)) {
      for (int i = 0; i < mib; i++) {
        out.write(ByteBuffer.wrap(block));
      }
      if (force) {
        out.force(true);
      }
    }
  }

  @Override
  public void close() throws IOException {
    delete(folder);
  }

  static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> all = Files.walk(tree)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
