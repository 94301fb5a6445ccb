package mlops.cli;

/** Chooses what the libraries may log, before the first of them does. */
final class Logging {
  static void choose(boolean verbose) {
    if (verbose) {
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
    }
  }

  private Logging() {}
}
