package mlops.emulator.run.spark;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.JobFields;

/**
 * What Spark is to run.
 *
 * @param entry the script, in the code of the job
 * @param pyFiles modules for the driver and the executors; {@code jars}, {@code files} and {@code
 *     archives} likewise
 * @param runtime the version of Spark that the job asks for, such as {@code 3.4}; empty for any
 */
record SparkProgram(
    String entry,
    List<String> pyFiles,
    List<String> jars,
    List<String> files,
    List<String> archives,
    Map<String, String> conf,
    String runtime) {
  private static final String INSTANCES = "spark.executor.instances";
  private static final String DYNAMIC = "spark.dynamicAllocation.enabled";
  private static final String MOST = "spark.dynamicAllocation.maxExecutors";

  /**
   * Reads it.
   *
   * @param node a job, or a node of a pipeline, which counts before its component
   */
  static SparkProgram of(JsonNode node, JsonNode spec) {
    Map<String, String> conf = JobFields.texts(spec.path("conf"));
    conf.putAll(JobFields.texts(node.path("conf")));
    return new SparkProgram(
        JobFields.text(either(node, spec, "entry"), "file"),
        list(either(node, spec, "pyFiles", "py_files")),
        list(either(node, spec, "jars")),
        list(either(node, spec, "files")),
        list(either(node, spec, "archives")),
        conf,
        JobFields.text(node.path("resources"), "runtimeVersion", "runtime_version"));
  }

  /** The arguments of the script, as a command line has them. */
  static String arguments(JsonNode node, JsonNode spec) {
    return either(node, spec, "args").asText("");
  }

  private static JsonNode either(JsonNode node, JsonNode spec, String... names) {
    JsonNode own = JobFields.first(node, names);
    return own.isMissingNode() ? JobFields.first(spec, names) : own;
  }

  private static List<String> list(JsonNode node) {
    List<String> list = new ArrayList<>();
    node.forEach(item -> list.add(item.asText()));
    return list;
  }

  /** How many cores its executors have together, as its configuration asks. */
  int cores() {
    boolean dynamic = conf.getOrDefault(DYNAMIC, "").equalsIgnoreCase("true");
    int executors = dynamic && conf.containsKey(MOST) ? number(MOST) : number(INSTANCES);
    return Math.multiplyExact(executors, number("spark.executor.cores"));
  }

  private int number(String key) {
    String text = conf.getOrDefault(key, "1").strip();
    if (!text.matches("[1-9]\\d{0,3}")) {
      throw JobFailure.user(
          "The configuration of the Spark job has %s: '%s'; expected a number from 1 to 9999."
              .formatted(key, text));
    }
    return Integer.parseInt(text);
  }

  /** The files that must be in the code of the job; those at addresses are Spark's to find. */
  List<String> inCode() {
    return Stream.of(List.of(entry), pyFiles, jars, files, archives)
        .flatMap(List::stream)
        .filter(file -> !file.matches("[A-Za-z][A-Za-z0-9+.-]+:.*"))
        .map(file -> file.replaceFirst("#.*", "")) // the name that an archive is unpacked as
        .toList();
  }

  /**
   * What {@code spark-submit} is given for it, when its script asks for a session.
   *
   * @param master where it runs, such as {@code local[2]} or {@code yarn}
   * @param name of the application
   */
  List<String> submission(String master, String name) {
    List<String> all = new ArrayList<>(List.of("--master", master, "--name", name));
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.ui.showConsoleProgress", "false"); // it would fill the log
    settings.put("spark.ui.enabled", "false");
    settings.putAll(conf);
    settings.forEach((key, value) -> all.addAll(List.of("--conf", key + "=" + value)));
    add(all, "--py-files", pyFiles);
    add(all, "--jars", jars);
    add(all, "--files", files);
    add(all, "--archives", archives);
    all.add("pyspark-shell");
    return all;
  }

  private static void add(List<String> all, String option, List<String> values) {
    if (!values.isEmpty()) {
      all.addAll(List.of(option, String.join(",", values)));
    }
  }
}
