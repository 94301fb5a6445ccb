package mlops.emulator.run.batch;

/** Numbers of things, in words. */
final class CountText {
  static String files(long number) {
    return of(number, "file", "files");
  }

  static String results(long number) {
    return of(number, "result", "results");
  }

  static String batches(long number) {
    return of(number, "mini batch", "mini batches");
  }

  static String workers(long number) {
    return of(number, "worker", "workers");
  }

  private static String of(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  private CountText() {}
}
