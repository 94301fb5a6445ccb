package mlops.emulator.run.process;

import java.util.concurrent.ThreadFactory;

/** Threads that do not keep a process alive. */
public final class DaemonThreads {

  public static ThreadFactory daemon(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  private DaemonThreads() {}
}
