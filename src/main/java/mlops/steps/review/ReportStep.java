package mlops.steps.review;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import mlops.file.OutputFile;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/** The report lies in a file and shows what is there now. */
final class ReportStep implements Step {
  private final OutputFile file;
  private final Supplier<String> page;

  ReportStep(OutputFile file, Supplier<String> page) {
    this.file = file;
    this.page = page;
  }

  @Override
  public String describe() {
    return "report " + file.named();
  }

  @Override
  public Change check() {
    if (!file.isThere()) {
      return Change.create("not written yet");
    }
    return file.read().equals(page.get()) ? Change.none() : Change.update("there is something new");
  }

  @Override
  public void apply(StepMessages messages) {
    byte[] html = page.get().getBytes(StandardCharsets.UTF_8);
    file.write(out -> out.write(html));
  }
}
