package mlops.emulator.run;

import java.util.concurrent.ThreadFactory;

/** Threads that do not keep a process alive. */
final class Threads {

  static ThreadFactory daemon(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  private Threads() {}
}
