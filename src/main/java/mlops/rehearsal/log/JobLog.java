package mlops.rehearsal.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import mlops.emulator.github.actions.Annotation;

/** The log of a job, as GitHub keeps it: with times, without secrets, commands carried out. */
public final class JobLog {
  private static final int TAIL = 12;
  private static final Set<String> LEVELS = Set.of("error", "warning", "notice");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final Path file;
  private final Clock clock;
  private final Masks masks;
  private final Consumer<Annotation> annotations;
  private final Deque<String> tail = new ArrayDeque<>();
  private final IntFunction<Path> ofStep;
  private Optional<Path> part = Optional.empty();
  private String stopped = "";

  /**
   * @param file of the whole job
   * @param ofStep the file of what one of its steps says
   */
  public JobLog(
      Path file,
      IntFunction<Path> ofStep,
      Clock clock,
      Masks masks,
      Consumer<Annotation> annotations) {
    this.file = file;
    this.ofStep = ofStep;
    this.clock = clock;
    this.masks = masks;
    this.annotations = annotations;
    createFolder(file);
  }

  private static void createFolder(Path file) {
    try {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What follows is of this step. */
  public void enter(int step) {
    Path next = ofStep.apply(step);
    createFolder(next);
    part = Optional.of(next);
  }

  public Masks masks() {
    return masks;
  }

  /** A line that a step printed, which may be a command. */
  public void printed(String line) {
    WorkflowCommand command = WorkflowCommand.in(line).orElse(null);
    if (command == null) {
      tell(line);
    } else if (!stopped.isEmpty()) {
      resumeOrSay(command, line);
    } else {
      carryOut(command, line);
    }
  }

  private void resumeOrSay(WorkflowCommand command, String line) {
    if (command.name().equals(stopped)) {
      stopped = "";
    } else {
      tell(line);
    }
  }

  private void carryOut(WorkflowCommand command, String line) {
    if (LEVELS.contains(command.name())) {
      tell("##[%s]%s".formatted(command.name(), command.message()));
      annotate(command);
      return;
    }
    switch (command.name()) {
      case "add-mask" -> masks.hide(List.of(command.message()));
      case "group" -> say("##[group]" + command.message());
      case "endgroup" -> say("##[endgroup]");
      case "stop-commands" -> stopped = command.message().toLowerCase(Locale.ROOT);
      case "debug" -> {} // shown only where somebody asked for it
      case "set-output", "save-state", "set-env", "add-path" ->
          say("##[warning]The command %s was taken away: use its file.".formatted(command.name()));
      default -> tell(line);
    }
  }

  private void annotate(WorkflowCommand command) {
    String level = command.name().equals("error") ? "failure" : command.name();
    annotations.accept(
        new Annotation(
            level,
            command.properties().getOrDefault("file", ".github"),
            command.line(),
            command.properties().getOrDefault("title", ""),
            masks.masked(command.message())));
  }

  /** Logs a line, and keeps it for the tail that a failure quotes. */
  private void tell(String text) {
    say(text);
    masks.masked(text).lines().forEach(tail::add);
    while (tail.size() > TAIL) {
      tail.remove();
    }
  }

  /** A step has failed. */
  public void fail(String why) {
    tell("##[error]" + why);
  }

  /** A line of the runner's own. */
  public void say(String text) {
    List<String> lines =
        masks.masked(text).lines().map(line -> TIME.format(clock.instant()) + " " + line).toList();
    try {
      Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      if (part.isPresent()) {
        Files.write(part.get(), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last lines that a failure is told with, without secrets. */
  public List<String> tail() {
    return List.copyOf(tail);
  }
}
