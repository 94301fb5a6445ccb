package mlops.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Reads YAML files from anyone: no objects are made of tags, and size, depth and aliases have
 * limits.
 */
public final class YamlFile {
  private static final int MAX_BYTES = 4 << 20;
  private static final int MAX_DEPTH = 100;

  /** The tree of a file; empty where there is none to read, with the reason in the mistakes. */
  public static Optional<YamlNode> read(Path file, Mistakes mistakes) {
    FilePosition top = new FilePosition(file, 1, 1);
    try {
      Optional<String> unusable = unusable(file);
      if (unusable.isPresent()) {
        mistakes.add(top, unusable.get(), "");
        return Optional.empty();
      }
      byte[] bytes = start(file);
      if (bytes.length > MAX_BYTES) {
        mistakes.add(top, "the file is larger than 4 MiB", "");
        return Optional.empty();
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return parse(file, text, mistakes);
    } catch (NoSuchFileException e) {
      mistakes.add(top, "the file does not exist", "");
    } catch (CharacterCodingException e) {
      mistakes.add(top, "the file is not UTF-8", "save it as UTF-8");
    } catch (IOException e) {
      boolean denied = e instanceof AccessDeniedException;
      String why = denied ? "its permissions forbid it" : String.valueOf(e.getMessage());
      mistakes.add(top, "the file cannot be read: " + why, "");
    }
    return Optional.empty();
  }

  /**
   * Why this is nothing to read. What a shell has opened for a command is, though it has no size.
   */
  private static Optional<String> unusable(Path file) {
    if (Files.isDirectory(file)) {
      return Optional.of("this is a folder, expected a file");
    }
    Path absolute = file.toAbsolutePath().normalize();
    boolean device = absolute.startsWith("/dev") && !absolute.startsWith("/dev/shm");
    boolean opened = device || absolute.startsWith("/proc");
    return opened || Files.isRegularFile(file) || Files.notExists(file)
        ? Optional.empty()
        : Optional.of("this is a pipe or a device, or cannot be reached; expected a file");
  }

  /** All of it, or one byte more than is allowed: a device may have no end. */
  private static byte[] start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_BYTES + 1);
    }
  }

  /** The tree of a text that is not, or not yet, in the file it is named after. */
  public static Optional<YamlNode> parse(Path file, String text, Mistakes mistakes) {
    FilePosition top = new FilePosition(file, 1, 1);
    String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
    try {
      Node root = reader().compose(new StringReader(content));
      if (root == null) {
        mistakes.add(top, "the file is empty", "");
        return Optional.empty();
      }
      return new YamlTree(file, mistakes).root(root);
    } catch (MarkedYAMLException e) {
      broken(file, e, mistakes);
    } catch (ReaderException e) {
      mistakes.add(
          at(file, content, e.getPosition()),
          "the character U+%04X is not allowed".formatted(e.getCodePoint()),
          "");
    } catch (YAMLException e) {
      mistakes.add(top, String.valueOf(e.getMessage()), "");
    }
    return Optional.empty();
  }

  private static Yaml reader() {
    DumperOptions unused = new DumperOptions();
    LoaderOptions limits = limits();
    return new Yaml(
        new SafeConstructor(limits), new Representer(unused), unused, limits, new PyYamlResolver());
  }

  private static LoaderOptions limits() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_BYTES);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setMaxAliasesForCollections(1000);
    options.setTagInspector(tag -> true); // no tag makes an object here; YamlTree reports each
    return options;
  }

  private static void broken(Path file, MarkedYAMLException e, Mistakes mistakes) {
    Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
    if (mark == null) {
      mistakes.add(new FilePosition(file, 1, 1), "not YAML: " + e.getMessage(), "");
      return;
    }
    String context = e.getContext() == null ? "" : ", " + e.getContext();
    int at = mark.getPointer(); // behind the last character where the file ends too early
    boolean tab = at < mark.getBuffer().length && mark.getBuffer()[at] == '\t';
    mistakes.add(
        new FilePosition(file, mark.getLine() + 1, mark.getColumn() + 1),
        "not YAML: " + e.getProblem() + context,
        tab ? "indent with spaces, not with tabs" : "");
  }

  private static FilePosition at(Path file, String text, int position) {
    String before = text.substring(0, text.offsetByCodePoints(0, position));
    int line = (int) before.chars().filter(c -> c == '\n').count();
    int column = before.length() - before.lastIndexOf('\n');
    return new FilePosition(file, line + 1, column);
  }

  private YamlFile() {}
}
