package mlops.emulator.http;

/** What a route asks of its caller. Every route says one, so nothing is open by accident. */
public sealed interface Permission {

  /** Anyone, without a token: discovery documents and the token endpoint itself. */
  record Open() implements Permission {}

  /** Any known principal with a token for this audience, given without a trailing slash. */
  record SignedIn(String audience) implements Permission {}

  /**
   * An Azure role-based action, such as {@code Microsoft.Storage/storageAccounts/write}, on the ARM
   * resource that the path names (from {@code /subscriptions/} on).
   */
  record Action(String action) implements Permission {}

  /** The handler checks for itself: storage also takes Shared Key and SAS signatures. */
  record ByHandler() implements Permission {}

  static Permission open() {
    return new Open();
  }

  static Permission signedIn(String audience) {
    return new SignedIn(audience);
  }

  static Permission action(String action) {
    return new Action(action);
  }

  static Permission byHandler() {
    return new ByHandler();
  }
}
