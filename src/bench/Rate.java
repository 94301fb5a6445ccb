/**
 * How fast a large blob went.
 *
 * @param perSecond MB
 * @param cpu seconds of processor time of the server for a GiB: what the client needs is not in it
 */
record Rate(double perSecond, double cpu) {
  /** A transfer. */
  interface Work {
    void run() throws Exception;
  }

  static Rate of(int mib, ProcessHandle server, Work transfer) throws Exception {
    long cpu = Load.cpu(server);
    long start = System.nanoTime();
    transfer.run();
    long nanos = System.nanoTime() - start;
    return new Rate(mib * 1.048576e9 / nanos, (Load.cpu(server) - cpu) / 1e9 * 1024 / mib);
  }
}
