package mlops.emulator.fault;

import java.time.Duration;
import java.util.Map;

/** What goes wrong. */
public sealed interface FaultEffect {

  /** An answer in place of the service's, which is not asked. */
  record Answer(int status, String code, String message, Map<String, String> headers)
      implements FaultEffect {
    @Override
    public String words() {
      return "answer " + status + " " + code;
    }
  }

  /** The connection breaks, before the request has arrived or after it took effect. */
  record Drop(boolean after) implements FaultEffect {
    @Override
    public String words() {
      return after ? "drop after" : "drop before";
    }
  }

  /** The process ends as by {@code kill -9}, before the request or after it took effect. */
  record Kill(boolean after) implements FaultEffect {
    @Override
    public String words() {
      return after ? "kill after" : "kill before";
    }
  }

  /** The request is served that much later; what else is due for it comes then. */
  record Delay(Duration time) implements FaultEffect {
    @Override
    public String words() {
      return "delay " + time;
    }
  }

  /** It took effect, and of the answer's body half comes, then the connection breaks. */
  record Truncate() implements FaultEffect {
    @Override
    public String words() {
      return "corrupt truncate";
    }
  }

  /** As it is told afterwards. */
  String words();
}
