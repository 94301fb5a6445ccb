package mlops.steps.github;

/** Where Microsoft Graph answers. */
final class Graph {
  static final String URL = "https://graph.microsoft.com/v1.0";

  private Graph() {}
}
