package mlops.cli.terminal;

/**
 * The one JSON document of a process: only the first caller prints. A second one waits until the
 * first has printed, for it may be about to end the process.
 */
public final class SingleJsonOutput {
  private boolean taken;
  private boolean early = true;

  /** Prints the document, unless there is one already. */
  public synchronized void print(Runnable document) {
    if (!taken) {
      taken = true;
      document.run();
    }
  }

  /** The same for an interruption that comes before anybody else listens to it. */
  public synchronized void printEarly(Runnable document) {
    if (early) {
      print(document);
    }
  }

  /** From now on somebody else reports an interruption. */
  public synchronized void endEarly() {
    early = false;
  }
}
