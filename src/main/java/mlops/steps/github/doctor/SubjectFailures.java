package mlops.steps.github.doctor;

import static mlops.steps.github.doctor.KnownFailure.CONNECT;
import static mlops.steps.github.doctor.KnownFailure.RERUN;
import static mlops.steps.github.doctor.KnownFailure.WORKFLOW;

import java.util.List;

/** Entra has no credential for the subject of the token: why not. */
final class SubjectFailures {
  private static final String NO_RECORD = "AADSTS(700213|70021)\\b";
  private static final String OTHER_CASE = "AADSTS(700213|7002138|70021)\\b";
  private static final String BRANCH = ".*:(ref:.*|pull.request)";

  static final List<KnownFailure> ALL =
      List.of(
          KnownFailure.of(
              "credential-edited-in-place",
              "AADSTS7002138\\b",
              Evidence::isExact,
              "The credential reads exactly as the token's subject, and is refused: Entra still goes by what stood there before it was edited. It has to be deleted and made again.",
              CONNECT + " --renew-credentials"),
          KnownFailure.of(
              "environment-spelt-otherwise",
              OTHER_CASE,
              e ->
                  e.expected()
                      .filter(x -> x.equalsIgnoreCase(e.text().subject()))
                      .filter(x -> !x.equals(e.text().subject()))
                      .isPresent(),
              "The workflow spells its environment otherwise than GitHub's {environment}, and Entra minds capitals.",
              WORKFLOW),
          KnownFailure.of(
              "capitals",
              OTHER_CASE,
              Evidence::isExactButForCase,
              "The subject of the credential differs from the token's by capitals alone.",
              CONNECT),
          KnownFailure.of(
              "client-id-of-another-application",
              NO_RECORD,
              e -> e.isExact() && e.login().filter(l -> !l.isChosen()).isPresent(),
              "The credential is there, but AZURE_CLIENT_ID of {environment} names another application than {application}.",
              CONNECT),
          KnownFailure.of(
              "credential-is-new",
              NO_RECORD,
              e -> e.isExact() && e.isNewCredential(),
              "The credential is right and only minutes old: not all of Entra knows it yet.",
              RERUN),
          KnownFailure.of(
              "refused-by-chance",
              NO_RECORD,
              Evidence::isExact,
              "The credential is right and not new: Entra refuses a few of a hundred such logins all the same.",
              RERUN),
          KnownFailure.of(
              "subject-carries-ids",
              NO_RECORD,
              e ->
                  e.hasIds()
                      && e.anySubject(Evidence.withoutIds(e.text().subject())::equalsIgnoreCase),
              "The tokens of {repository} carry the ids of owner and repository, as those of all repositories since July 2026; the credential has none.",
              CONNECT),
          KnownFailure.of(
              "credential-carries-ids",
              NO_RECORD,
              e ->
                  !e.hasIds()
                      && e.anySubject(
                          s -> Evidence.withoutIds(s).equalsIgnoreCase(e.text().subject())),
              "The credential carries ids, as the portal writes them; the tokens of {repository}, which is older, have none.",
              CONNECT),
          KnownFailure.of(
              "repository-renamed",
              NO_RECORD,
              Evidence::isRenamed,
              "The repository has been renamed, and the credential has its name of before. Its tokens carry ids from then on.",
              CONNECT),
          KnownFailure.of(
              GitHubFailures.NO_ENVIRONMENTS,
              NO_RECORD,
              e -> e.text().subject().matches(BRANCH) && e.lacksEnvironments(),
              GitHubFailures.NO_ENVIRONMENTS_CAUSE,
              GitHubFailures.MAKE_PUBLIC),
          KnownFailure.of(
              "job-without-environment",
              NO_RECORD,
              e ->
                  e.text().subject().matches(BRANCH)
                      && e.anySubject(s -> s.contains(":environment:")),
              "The job has no environment:, so its token is for a branch; the credentials are for environments.",
              WORKFLOW),
          KnownFailure.of(
              "credential-for-a-branch",
              NO_RECORD,
              e -> !e.text().environment().isEmpty() && e.anySubject(s -> s.matches(BRANCH)),
              "The job has an environment, so its token does not name its branch; the credential is for a branch.",
              CONNECT),
          KnownFailure.of(
              "environment-unknown",
              NO_RECORD,
              e -> !e.text().environment().isEmpty() && e.login().isEmpty(),
              "The job goes into an environment that the profile does not have, so nobody made an application for it.",
              WORKFLOW),
          KnownFailure.of(
              "no-credential",
              NO_RECORD,
              e -> !e.text().subject().isEmpty(),
              "No credential is for {subject}.",
              CONNECT));

  private SubjectFailures() {}
}
