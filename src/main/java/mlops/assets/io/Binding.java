package mlops.assets.io;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An expression such as {@code ${{parent.jobs.prep.outputs.data}}}.
 *
 * @param path what stands between the braces, without spaces
 */
public record Binding(String path) {
  static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{(.*?)\\}\\}");
  private static final Pattern INPUT = Pattern.compile("parent\\.inputs\\.([^.]+(?:\\.[^.]+)*)");
  private static final Pattern OUTPUT = Pattern.compile("parent\\.outputs\\.([^.]+)");
  private static final Pattern JOB = Pattern.compile("parent\\.jobs\\.([^.]+)\\.outputs\\.([^.]+)");

  /** The binding that a text is; empty where it is something else, or more than a binding. */
  public static Optional<Binding> of(String text) {
    Matcher whole = EXPRESSION.matcher(text.strip());
    return whole.matches() && !whole.group(1).contains("${{")
        ? Optional.of(new Binding(whole.group(1).strip()))
        : Optional.empty();
  }

  /** The input of the pipeline that this names. */
  Optional<String> input() {
    Matcher matcher = INPUT.matcher(path);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** The output of the pipeline that this names. */
  public Optional<String> output() {
    Matcher matcher = OUTPUT.matcher(path);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** The output of another job that this names. */
  Optional<JobOutput> job() {
    Matcher matcher = JOB.matcher(path);
    return matcher.matches()
        ? Optional.of(new JobOutput(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /** An output of a job in the same pipeline. */
  record JobOutput(String job, String output) {}

  /** As Azure writes it. */
  public String text() {
    return "${{" + path + "}}";
  }
}
