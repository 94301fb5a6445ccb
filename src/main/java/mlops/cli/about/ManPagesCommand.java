package mlops.cli.about;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mlops man-pages}, which packaging asks for the manual. */
@Command(
    name = "man-pages",
    hidden = true,
    description = "Writes the manual: a page for each command, for man.")
public final class ManPagesCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FOLDER", description = "Where the pages go; it is made if missing.")
  Path folder = Path.of("");

  @Override
  public Integer call() {
    CommandSpec root = Objects.requireNonNull(spec).root();
    String version = root.version()[0].replaceFirst("^mlops ", "");
    try {
      Files.createDirectories(folder);
      write(root.commandLine(), version);
    } catch (IOException e) {
      throw new UncheckedIOException("the manual cannot be written to " + folder, e);
    }
    return 0;
  }

  private void write(CommandLine command, String version) throws IOException {
    ManPage page = new ManPage(command, version);
    Files.writeString(folder.resolve(page.name() + ".1"), page.text(), US_ASCII);
    for (CommandLine below : command.getSubcommands().values()) {
      if (!below.getCommandSpec().usageMessage().hidden()) {
        write(below, version);
      }
    }
  }
}
