package mlops.cli.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import mlops.azure.github.GitHubSite;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.Session;
import mlops.cli.terminal.Console;
import mlops.cli.terminal.Style;
import mlops.error.MlopsException;
import mlops.steps.github.doctor.Diagnosis;
import mlops.steps.github.doctor.Doctor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops github doctor}. */
@Command(
    name = "doctor",
    description =
        "Says why a job could not log in to Azure, and what mends it. Reads the error or the log"
            + " on its input, unless --run names a run. Ends with 1 where it cannot tell.")
final class GitHubDoctorCommand implements Callable<Integer> {
  private static final int LONGEST = 32 << 20;

  @Spec CommandSpec spec;
  @Mixin RepositoryOption repository = new RepositoryOption();

  @Option(
      names = "--run",
      paramLabel = "ID",
      description = "Take the logs of the failed jobs of this run.")
  @Nullable String run;

  @Override
  public Integer call() {
    Optional<String> named = repository.find();
    GitHubSite site = repository.site();
    String asked = run == null ? "" : RepositoryOption.run(run);
    if (!asked.isEmpty() && named.isEmpty()) {
      throw MlopsException.invalid(
          "--run %s needs the repository".formatted(asked), "Add --repo OWNER/NAME.");
    }
    try (Session session = Session.open(spec)) {
      Doctor doctor = new Doctor(session.azure(), session.profile(), site, session.clock());
      Diagnosis diagnosis =
          asked.isEmpty()
              ? doctor.ofText(text(session.console()), named)
              : doctor.ofRun(asked, named.orElseThrow());
      if (session.options().json()) {
        print(diagnosis, session);
      } else {
        print(diagnosis, session.console());
      }
      return diagnosis.finding().isPresent() ? 0 : 1;
    }
  }

  private static String text(Console console) {
    if (console.live()) {
      console.err().println("Paste the error or the log of the job, then press Ctrl-D.");
      console.err().flush();
    }
    String text = read(console.in());
    if (text.isBlank()) {
      throw MlopsException.invalid(
          "there is no error or log on the input",
          "Pipe it in, such as `gh run view ID --log-failed | mlops github doctor`, or name the"
              + " run: --run ID --repo OWNER/NAME.");
    }
    return text;
  }

  /** A log of a job is some megabytes at most; what follows would only fill the memory. */
  private static String read(Reader in) {
    StringBuilder text = new StringBuilder();
    char[] part = new char[8192];
    try {
      for (int n = in.read(part); n >= 0 && text.length() < LONGEST; n = in.read(part)) {
        text.append(part, 0, n);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void print(Diagnosis diagnosis, Console console) {
    Style style = console.style();
    PrintWriter out = console.out();
    out.println(
        style.bad("✗ ")
            + style.bold(
                diagnosis
                    .finding()
                    .map(Diagnosis.Finding::cause)
                    .orElse("What failed is nothing that mlops knows. It looked at:")));
    diagnosis.evidence().forEach(line -> out.println("  " + line));
    out.println(
        diagnosis
            .finding()
            .map(f -> "  → " + f.mend())
            .orElse(
                "  → The lines of the log before the failure say more: gh run view --log-failed"));
    out.flush();
  }

  private static void print(Diagnosis diagnosis, Session session) {
    JsonDocument document = new JsonDocument(session.command(), session.options());
    document.profile(session.profile());
    ObjectNode result = document.result();
    result.put("code", diagnosis.code().orElse(null));
    result.put("failure", diagnosis.finding().map(Diagnosis.Finding::name).orElse(null));
    result.put("cause", diagnosis.finding().map(Diagnosis.Finding::cause).orElse(null));
    result.put("mend", diagnosis.finding().map(Diagnosis.Finding::mend).orElse(null));
    diagnosis.evidence().forEach(result.putArray("evidence")::add);
    document.print(session.console());
  }
}
