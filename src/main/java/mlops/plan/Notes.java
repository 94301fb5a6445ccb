package mlops.plan;

/** Where a step says, while it works, what the user may want to know. */
public interface Notes {

  /** One line, without a line end. */
  void say(String line);
}
