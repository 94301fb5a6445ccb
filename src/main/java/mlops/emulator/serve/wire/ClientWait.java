package mlops.emulator.serve.wire;

/** Is told when a connection waits for its client, and when it goes on. */
public interface ClientWait {
  /** Tells nobody. */
  ClientWait UNSEEN =
      new ClientWait() {
        @Override
        public void begins() {}

        @Override
        public void ends() {}
      };

  void begins();

  void ends();
}
