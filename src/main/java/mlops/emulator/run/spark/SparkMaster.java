package mlops.emulator.run.spark;

import java.util.Map;
import java.util.Optional;

/**
 * Where the executors of a Spark job are.
 *
 * @param url as {@code spark-submit --master} has it
 * @param cores of this machine that it keeps busy
 */
record SparkMaster(String url, int cores) {

  /**
   * The master of the user's own, else this machine, as wide as the job asks and the machine is.
   *
   * @param own its URL; {@code local} for this machine
   */
  static SparkMaster of(String own, SparkProgram program) {
    int cores = Math.min(program.cores(), Runtime.getRuntime().availableProcessors());
    return own.equals("local")
        ? new SparkMaster("local[%d]".formatted(cores), cores)
        : new SparkMaster(own, 1);
  }

  private boolean isHere() {
    return url.startsWith("local");
  }

  /** What the log of the job says of it. */
  Optional<String> note(SparkProgram program) {
    int asked = program.cores();
    return Optional.of(
        !isHere()
            ? "Spark runs on %s, the master that you chose (spark_master).".formatted(url)
            : asked > cores
                ? "Spark runs on this machine as %s: its configuration asks for executors with %d cores, and there are %d."
                    .formatted(url, asked, cores)
                : "Spark runs on this machine as %s, as many cores as its configuration asks for."
                    .formatted(url));
  }

  /** On this machine driver and executors speak to each other, and nobody from outside to them. */
  Map<String, String> variables() {
    return isHere() ? Map.of("SPARK_LOCAL_IP", "127.0.0.1") : Map.of();
  }
}
