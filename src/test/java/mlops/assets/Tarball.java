package mlops.assets;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** The files of a {@code .tar.gz} of the POSIX form (pax), which the JDK cannot read. */
final class Tarball {
  private static final int BLOCK = 512;
  private static final Pattern LONG_NAME = Pattern.compile("\\d+ path=(.*)\\n");

  /** Writes them below a folder. */
  static void unpack(Path tarball, Path folder) throws IOException {
    try (InputStream file = Files.newInputStream(tarball);
        DataInputStream in =
            new DataInputStream(new BufferedInputStream(new GZIPInputStream(file)))) {
      Optional<String> longName = Optional.empty();
      for (byte[] head = in.readNBytes(BLOCK); head[0] != 0; head = in.readNBytes(BLOCK)) {
        byte[] content = content(in, Integer.parseInt(text(head, 124, 11), 8));
        if (head[156] == 'x') {
          Matcher path = LONG_NAME.matcher(new String(content, StandardCharsets.UTF_8));
          longName = path.find() ? Optional.of(path.group(1)) : Optional.empty();
        } else {
          write(folder, longName.orElse(name(head)), content);
          longName = Optional.empty();
        }
      }
    }
  }

  private static void write(Path folder, String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private static String name(byte[] head) {
    String prefix = text(head, 345, 155);
    String name = text(head, 0, 100);
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private static byte[] content(DataInputStream in, int size) throws IOException {
    byte[] content = in.readNBytes(size);
    in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
    return content;
  }

  private static String text(byte[] head, int at, int length) {
    return new String(head, at, length, StandardCharsets.UTF_8).replaceFirst("\0.*", "").strip();
  }

  private Tarball() {}
}
