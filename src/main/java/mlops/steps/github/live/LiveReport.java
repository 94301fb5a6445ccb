package mlops.steps.github.live;

import java.util.List;
import java.util.Optional;
import mlops.azure.github.GitHubSite;

/**
 * How the login of a job stands.
 *
 * @param client the id that the job logs in as; empty where it has none
 * @param missing names of variables that the login takes and the job has not
 * @param refusal what Entra said, empty text where it let the job in; nothing where it was not
 *     asked
 * @param stored what Graph shows
 * @param spelling how the profile spells the job's environment, where that differs
 * @param unread what could not be read, and why
 */
public record LiveReport(
    JobClaims claims,
    String client,
    List<String> missing,
    Optional<String> refusal,
    List<StoredCredential> stored,
    Optional<String> spelling,
    List<String> unread) {
  private static final Finding NO_ENVIRONMENT =
      new Finding(
          "The job has no environment:, so its token is for a branch or the like.",
          "Give the job environment: in the workflow; `mlops github workflow` writes one that has it.");

  public boolean isIn() {
    return refusal.filter(String::isEmpty).isPresent();
  }

  /** Those of the application that the job logs in as. */
  public List<StoredCredential> own() {
    return stored.stream().filter(c -> c.client().equalsIgnoreCase(client)).toList();
  }

  /** The credential that takes the token, of whatever application. */
  public Optional<StoredCredential> taking() {
    return stored.stream()
        .filter(StoredCredential::takesToken)
        .sorted((a, b) -> Boolean.compare(own().contains(b), own().contains(a)))
        .findFirst();
  }

  /** What is wrong, and the way out; empty where nothing is. */
  public Optional<Finding> finding() {
    if (isIn()) {
      return Optional.empty();
    }
    String connect =
        "Run `mlops github connect --repo %s%s`"
            .formatted(
                claims.repository(),
                GitHubSite.ofIssuer(claims.issuer()).map(GitHubSite::option).orElse(""));
    if (claims.environment().isEmpty()) {
      return Optional.of(NO_ENVIRONMENT);
    }
    if (!missing.isEmpty()) {
      return Optional.of(
          new Finding(
              "The job has no %s.".formatted(String.join(" and no ", missing)),
              connect
                  + " for its environment, and put the values into env: as `mlops github workflow`"
                  + " does."));
    }
    if (spelling.isPresent()) {
      return Optional.of(
          new Finding(
              "The workflow says environment: %s, and GitHub and the profile have %s: Entra minds capitals."
                  .formatted(claims.environment(), spelling.get()),
              "Spell it so in the workflow."));
    }
    return Optional.of(refused(connect));
  }

  private Finding refused(String connect) {
    Optional<StoredCredential> taking = taking();
    if (taking.isPresent() && !own().contains(taking.get())) {
      return new Finding(
          "AZURE_CLIENT_ID is another application than %s (%s), whose credential takes this token."
              .formatted(taking.get().application(), taking.get().client()),
          connect + ": it sets the values of the environment again.");
    }
    if (taking.isPresent()) {
      return new Finding(
          "The credential %s is right, and Entra refuses all the same: it is new, or was edited in place."
              .formatted(taking.get().name()),
          "Try again in some minutes; if that does not help, %s --renew-credentials`."
              .formatted(connect.replaceFirst("^Run", "run").replaceFirst("`$", "")));
    }
    return new Finding(otherwise(), connect + ", or give Entra's words to `mlops github doctor`.");
  }

  /** Entra's number says which claim it found in no credential. */
  private String otherwise() {
    String words = refusal.orElse("");
    if (words.startsWith("AADSTS7002138")) {
      return "The subject of a credential differs from the token's in capitals alone, and Entra"
          + " minds them.";
    }
    if (words.startsWith("AADSTS700211")) {
      return "No credential of the application is for the issuer %s.".formatted(claims.issuer());
    }
    if (words.startsWith("AADSTS700212")) {
      return "No credential of the application is for the audience %s."
          .formatted(claims.audience());
    }
    if (words.startsWith("AADSTS700016")) {
      return "The tenant has no application %s, which AZURE_CLIENT_ID names.".formatted(client);
    }
    return words.startsWith("AADSTS700213")
        ? "No credential of the application is for exactly the subject %s."
            .formatted(claims.subject())
        : "Entra does not let this job in.";
  }

  /** What is wrong, and the way out. */
  public record Finding(String cause, String mend) {}
}
