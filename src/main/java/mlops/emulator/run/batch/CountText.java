package mlops.emulator.run.batch;

/** Numbers of things, in words. */
final class CountText {
  static String results(long number) {
    return of(number, "result");
  }

  static String batches(long number) {
    return of(number, "mini batch", "mini batches");
  }

  static String workers(long number) {
    return of(number, "worker");
  }

  /** Of things that are called so, with an s where they are many. */
  static String of(long number, String one) {
    return of(number, one, one + "s");
  }

  private static String of(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  private CountText() {}
}
