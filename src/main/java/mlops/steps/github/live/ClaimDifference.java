package mlops.steps.github.live;

import java.util.List;
import java.util.stream.Stream;

/**
 * A claim that a credential wants otherwise. Entra compares character by character.
 *
 * @param claim {@code issuer}, {@code subject} or {@code audience}
 * @param token what the token says
 * @param wanted what the credential is for
 */
public record ClaimDifference(String claim, String token, String wanted) {

  static Stream<ClaimDifference> between(String claim, String token, String wanted) {
    return token.equals(wanted)
        ? Stream.empty()
        : Stream.of(new ClaimDifference(claim, token, wanted));
  }

  /** How many characters are the same before the first that is not. */
  public int at() {
    int shorter = Math.min(token.length(), wanted.length());
    int at = 0;
    while (at < shorter && token.charAt(at) == wanted.charAt(at)) {
      at++;
    }
    return at;
  }

  /** For people, in three lines: the last points at the first character that differs. */
  public List<String> words() {
    String first = "%-10s token is       ".formatted(claim);
    return List.of(
        first + token,
        "%-10s credential is  %s".formatted("", wanted),
        " ".repeat(first.length() + at()) + "^ " + reason());
  }

  private String reason() {
    if (token.equalsIgnoreCase(wanted)) {
      return "differs in capitals alone, and Entra minds them";
    }
    if (at() == Math.min(token.length(), wanted.length())) {
      return token.length() > wanted.length() ? "the credential ends here" : "the token ends here";
    }
    return "differs from here on";
  }
}
