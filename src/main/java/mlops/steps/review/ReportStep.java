package mlops.steps.review;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import mlops.plan.Change;
import mlops.plan.Notes;
import mlops.plan.Step;

/** The report lies in a file and shows what is there now. */
final class ReportStep implements Step {
  private final Path file;
  private final Supplier<String> page;

  ReportStep(Path file, Supplier<String> page) {
    this.file = file;
    this.page = page;
  }

  @Override
  public String describe() {
    return "report " + file;
  }

  @Override
  public Change check() {
    if (!Files.isRegularFile(file)) {
      return Change.create("not written yet");
    }
    try {
      return Files.readString(file).equals(page.get())
          ? Change.none()
          : Change.update("there is something new");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  @Override
  public void apply(Notes notes) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(file, page.get());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
