package mlops.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import mlops.cli.session.CliEnvironment;
import mlops.cli.session.GlobalOptions;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.RootCommand;
import mlops.cli.terminal.Question;
import mlops.profile.ProfileFile;
import mlops.profile.ProfileOverrides;
import mlops.project.NewProject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mlops init}. */
@Command(
    name = "init",
    description =
        "Begins a project: writes an mlops.yml that explains itself, and what is missing.")
final class InitCommand implements Callable<Integer> {
  private static final String GUIDE = "guide";
  private static final String PROJECT = "project";

  @Spec CommandSpec spec;

  @ArgGroup(exclusive = true)
  @Nullable Start start;

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "The folder of the project (.); it is made where it is missing.")
  Path folder = Path.of("");

  @Option(names = "--force", description = "Replace files that are there.")
  boolean force;

  /** What a project begins from. */
  static final class Start {
    @Option(
        names = "--from-guide",
        description = "Take over a folder laid out like the guide, with its scripts/env.ps1.")
    boolean guide;

    @Option(
        names = "--from-project",
        description =
            "Take over any project with Azure ML files: its job, and what that needs; scripts are read, not run.")
    boolean project;

    @Option(
        names = "--template",
        paramLabel = "tabular|blank",
        description = "A small project that runs, or a profile alone.")
    NewProject.@Nullable Template template;
  }

  @Override
  public Integer call() {
    RootCommand mlops = RootCommand.of(spec);
    CliEnvironment environment = mlops.environment();
    GlobalOptions options = mlops.options();
    Question question = new Question(environment.console());
    Optional<String> suffix = options.suffix();
    suffix.ifPresent(ProfileFile::requireSuffix);
    if (start == null && !force) {
      NewProject.requireNone(folder); // before anything is asked
    }
    String kind = start == null ? kind(question) : word(start);
    if (start == null && suffix.isEmpty()) {
      suffix =
          Optional.of(
              question.until(
                  "The suffix of all names, such as your own?",
                  "demo",
                  "--suffix",
                  InitCommand::suffix));
    }
    NewProject project = project(kind, suffix);
    List<String> written = project.write(force);
    tell(environment, options, project, written, kind);
    if (isComplete(kind)) { // what is wrong with files that were there before is told now
      ProfileFile.load(project.profile(), ProfileOverrides.none(), environment.variables());
    }
    return 0;
  }

  private static String suffix(String said) {
    ProfileFile.requireSuffix(said);
    return said;
  }

  private NewProject project(String kind, Optional<String> suffix) {
    if (kind.equals(PROJECT)) {
      return NewProject.fromProject(folder, suffix);
    }
    return kind.equals(GUIDE)
        ? NewProject.fromGuide(folder, suffix)
        : NewProject.fromTemplate(NewProject.Template.of(kind), folder, suffix);
  }

  private static String word(Start start) {
    if (start.template != null) {
      return start.template.word();
    }
    return start.project ? PROJECT : GUIDE;
  }

  /** What a project begins from, by what the user says: what the folder has is offered first. */
  private String kind(Question question) {
    Map<String, String> offered = new LinkedHashMap<>();
    if (NewProject.isGuide(folder)) {
      offered.put(GUIDE, "guide (scripts/env.ps1 is here)");
    } else if (NewProject.hasJob(folder)) {
      offered.put(PROJECT, "project (Azure ML files are here)");
    }
    for (NewProject.Template template : NewProject.Template.values()) {
      offered.put(template.word(), template.word());
    }
    List<String> words = List.copyOf(offered.values());
    return question.until(
        "Begin from what? %s or %s?"
            .formatted(
                String.join(", ", words.subList(0, words.size() - 1)), words.get(words.size() - 1)),
        offered.keySet().iterator().next(),
        "--from-guide, --from-project or --template",
        said ->
            List.of(GUIDE, PROJECT).contains(said) ? said : NewProject.Template.of(said).word());
  }

  private static String next(NewProject project, String kind) {
    if (kind.equals(PROJECT)) {
      return "mlops bootstrap && mlops train"
          + project.unnamedJob().map(job -> " --file " + GlobalOptions.quoted(job)).orElse("");
    }
    return isComplete(kind) ? "mlops replay --plan" : "mlops bootstrap --plan";
  }

  /** A blank profile names files that are not there. */
  private static boolean isComplete(String kind) {
    return !kind.equals(NewProject.Template.BLANK.word());
  }

  private static void list(PrintWriter out, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      out.println(title);
      lines.forEach(line -> out.println("  " + line));
      out.println();
    }
  }

  /** Also {@code .} is the folder that the user is in. */
  private boolean here() {
    return folder.normalize().toString().isEmpty();
  }

  private void tell(
      CliEnvironment environment,
      GlobalOptions options,
      NewProject project,
      List<String> written,
      String kind) {
    String place = here() ? "" : "cd " + GlobalOptions.quoted(folder) + " && ";
    String next = place + next(project, kind);
    if (options.json()) {
      JsonDocument document = new JsonDocument("init", options);
      ArrayNode files = document.result().put("next", next).putArray("files");
      written.forEach(files::add);
      project.found().forEach(document.result().putArray("found")::add);
      project.missing().forEach(document.result().putArray("missing")::add);
      document.print(environment.console());
      return;
    }
    PrintWriter out = environment.console().out();
    written.forEach(name -> out.println("+ " + name));
    out.println();
    list(out, "Found:", project.found());
    list(out, "Left for you:", project.missing());
    if (!isComplete(kind)) {
      out.println("Write the Azure ML files that mlops.yml names, or change the names.");
    }
    out.println("next: " + next);
    out.flush();
  }
}
