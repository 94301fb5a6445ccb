package mlops.azure.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Time that passes as usual while somebody works, and is skipped where all sleep: to the moment at
 * which the first of them wakes. So work takes what it takes, and waits take nothing.
 */
public final class SimulatedTime implements Time {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Long> wakes = new ArrayList<>();
  private final AtomicLong skipped = new AtomicLong();
  private int working;
  private int most = Integer.MAX_VALUE;

  @Override
  public long nanos() {
    return System.nanoTime() + skipped.get();
  }

  @Override
  public void sleep(Duration time) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Long wake = nanos() + time.toNanos();
      wakes.add(wake);
      try {
        while (wake - nanos() > 0) {
          if (everybodySleeps()) {
            skip();
          } else {
            long left = Math.max(1, wake - nanos());
            var unused = changed.await(left, TimeUnit.NANOSECONDS);
          }
        }
      } finally {
        wakes.remove(wake);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whoever is due to wake sleeps no longer; what waits for a free thread does not work yet. */
  private boolean everybodySleeps() {
    long now = nanos();
    return wakes.stream().filter(wake -> wake - now > 0).count() >= Math.min(working, most);
  }

  private void skip() {
    long now = nanos();
    long first = wakes.stream().mapToLong(wake -> wake - now).filter(d -> d > 0).min().orElse(0);
    skipped.addAndGet(first);
    changed.signalAll();
  }

  @Override
  public Executor counted(Executor threads, int most) {
    this.most = most;
    return task -> {
      work(1);
      threads.execute(
          () -> {
            try {
              task.run();
            } finally {
              work(-1);
            }
          });
    };
  }

  private void work(int more) {
    lock.lock();
    try {
      working += more;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Clock clock(Clock usual) {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return usual.getZone();
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return SimulatedTime.this.clock(usual.withZone(zone));
      }

      @Override
      public Instant instant() {
        return usual.instant().plusNanos(skipped.get());
      }
    };
  }
}
