import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a server did under some clients.
 *
 * @param perSecond requests of all clients together
 * @param p50 milliseconds in which half of the requests were answered
 * @param p99 the same of all but one in a hundred
 * @param cpuMicros processor time of the server for one request; noise of other programs does not
 *     change it much
 */
record Load(double perSecond, double p50, double p99, double cpuMicros) {
  /** One client: a connection, and a request on it. */
  interface Client extends AutoCloseable {
    void send(int number) throws Exception;
  }

  /** Measures for so long, after as long again to warm up: both servers compile while they run. */
  static Load of(int clients, double seconds, ProcessHandle server, Callable<Client> connect)
      throws Exception {
    List<Client> open = new ArrayList<>();
    try {
      for (int i = 0; i < clients; i++) {
        open.add(connect.call());
      }
      drive(open, seconds);
      long cpu = cpu(server);
      long start = System.nanoTime();
      long[] nanos = drive(open, seconds);
      double took = (System.nanoTime() - start) / 1e9;
      Arrays.sort(nanos);
      return new Load(
          nanos.length / took,
          nanos[nanos.length / 2] / 1e6,
          nanos[(int) (nanos.length * 0.99)] / 1e6,
          (cpu(server) - cpu) / 1e3 / nanos.length);
    } finally {
      for (Client client : open) {
        client.close();
      }
    }
  }

  /** Nanoseconds of processor time that a process has used. */
  static long cpu(ProcessHandle server) {
    return server.info().totalCpuDuration().map(java.time.Duration::toNanos).orElse(0L);
  }

  private static long[] drive(List<Client> clients, double seconds) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(clients.size());
    try {
      long end = System.nanoTime() + (long) (seconds * 1e9);
      List<Future<long[]>> all = new ArrayList<>();
      for (int i = 0; i < clients.size(); i++) {
        Client client = clients.get(i);
        int first = i * 61;
        all.add(pool.submit(() -> until(end, client, first)));
      }
      long[] nanos = new long[0];
      for (Future<long[]> one : all) {
        long[] more = one.get();
        int length = nanos.length;
        nanos = Arrays.copyOf(nanos, length + more.length);
        System.arraycopy(more, 0, nanos, length, more.length);
      }
      return nanos;
    } finally {
      pool.shutdown();
    }
  }

  private static long[] until(long end, Client client, int first) throws Exception {
    long[] nanos = new long[1024];
    int count = 0;
    for (long now = System.nanoTime(); now < end || count == 0; ) {
      client.send(first + count);
      long then = System.nanoTime();
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, count * 2);
      }
      nanos[count++] = then - now;
      now = then;
    }
    return Arrays.copyOf(nanos, count);
  }
}
