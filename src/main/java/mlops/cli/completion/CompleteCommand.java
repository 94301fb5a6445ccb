package mlops.cli.completion;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import mlops.azure.ml.Workspace;
import mlops.cli.session.RootCommand;
import mlops.cli.session.Session;
import mlops.cli.session.Shell;
import mlops.explain.Explanations;
import mlops.profile.Profile;
import mlops.steps.look.JobList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mlops complete}, which scripts of completion ask, and no user. */
@Command(name = "complete", hidden = true, description = "Lists words for completion.")
public final class CompleteCommand implements Callable<Integer> {
  /** What words there are. */
  enum Words {
    ENVIRONMENTS,
    TARGETS,
    STEPS,
    STAGES,
    CHAPTERS,
    JOBS,
    VERSIONS
  }

  /** The options of a line that say what it works on. */
  private static final Set<String> PLACE =
      Set.of("--profile", "--suffix", "--cloud", "--subscription", "--state");

  @Spec CommandSpec spec;

  @Parameters(index = "0", paramLabel = "WORDS", description = "Which words.")
  Words words = Words.ENVIRONMENTS;

  @Parameters(index = "1..*", paramLabel = "LINE", description = "What is typed so far.")
  List<String> line = new ArrayList<>();

  @Override
  public Integer call() {
    List<String> place = place(line);
    RootCommand mlops = RootCommand.of(spec);
    if (!place.isEmpty()) {
      place.add(0, words.name().toLowerCase(Locale.ROOT));
      place.add(0, "complete");
      return mlops.another(place.toArray(String[]::new));
    }
    List<String> found = found(mlops);
    PrintWriter out = mlops.environment().console().out();
    found.forEach(out::println);
    out.flush();
    return 0;
  }

  /** Those options of a line, with their values, as far as they are whole. */
  private static List<String> place(List<String> line) {
    List<String> place = new ArrayList<>();
    for (int i = 0; i < line.size(); i++) {
      String[] parts = line.get(i).split("=", 2);
      if (PLACE.contains(parts[0]) && parts.length == 2) {
        place.add(line.get(i));
      } else if (PLACE.contains(parts[0]) && i + 1 < line.size()) {
        boolean split = line.get(i + 1).equals("=") && i + 2 < line.size(); // so bash parts words
        i += split ? 2 : 1;
        place.addAll(List.of(parts[0], line.get(i)));
      }
    }
    return place;
  }

  private List<String> found(RootCommand mlops) {
    if (words == Words.JOBS || words == Words.VERSIONS) {
      try (Session session = Session.open(spec)) {
        return words == Words.JOBS ? jobs(session) : versions(session);
      }
    }
    Profile profile = mlops.options().profile(mlops.environment().variables());
    List<String> targets = profile.targets().stream().map(Profile.Target::name).toList();
    return switch (words) {
      case TARGETS -> targets;
      case STEPS -> new Explanations(profile, "", Shell.ofThisSystem()::word).ids();
      case STAGES ->
          Stream.of(
                  Stream.of("bootstrap", "train"),
                  targets.stream().flatMap(t -> Stream.of("promote-" + t, "score-" + t)),
                  Stream.of("compare", "report"))
              .flatMap(stages -> stages)
              .toList();
      case CHAPTERS ->
          Stream.of(
                  Stream.of("set-up", profile.training().name()),
                  targets.stream(),
                  Stream.of("review"))
              .flatMap(chapters -> chapters)
              .toList();
      default -> profile.environments().stream().map(Profile.Environment::name).toList();
    };
  }

  private static List<String> jobs(Session session) {
    JobList list = new JobList(session.azure(), session.profile());
    return session.profile().environments().stream()
        .flatMap(environment -> list.workspace(environment).stream())
        .flatMap(workspace -> list.names(workspace).stream())
        .toList();
  }

  private static List<String> versions(Session session) {
    Profile.Environment training = session.profile().training().environment();
    return new JobList(session.azure(), session.profile())
        .workspace(training).stream()
            .flatMap((Workspace w) -> w.versions("models", training.model()).stream())
            .map(version -> version.path("name").asText())
            .toList();
  }
}
