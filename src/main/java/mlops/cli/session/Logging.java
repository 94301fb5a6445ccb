package mlops.cli.session;

/** Chooses what the libraries may log, before the first of them does. */
public final class Logging {
  public static void choose(boolean verbose) {
    if (verbose) {
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
    }
  }

  private Logging() {}
}
