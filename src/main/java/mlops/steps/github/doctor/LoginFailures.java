package mlops.steps.github.doctor;

import static mlops.steps.github.doctor.KnownFailure.CONNECT;
import static mlops.steps.github.doctor.KnownFailure.RERUN;
import static mlops.steps.github.doctor.KnownFailure.WORKFLOW;

import java.util.List;

/** Entra or Azure refuses a login for another reason than its subject. */
final class LoginFailures {
  private static final String AUDIENCE = "api://AzureADTokenExchange";

  static final List<KnownFailure> ALL =
      List.of(
          KnownFailure.of(
              "issuer-with-slash",
              "AADSTS(700211|70021)\\b",
              e -> e.anyCredential(c -> c.path("issuer").asText().endsWith("/")),
              "The issuer of the credential ends with a slash, and GitHub's does not.",
              CONNECT),
          KnownFailure.of(
              "another-issuer",
              "AADSTS700211\\b",
              "No credential takes tokens of {issuer}. GitHub Enterprise Server, and an enterprise that chose so, has an issuer of its own.",
              CONNECT),
          KnownFailure.of(
              "audience-of-the-credential",
              "AADSTS(700212|70021)\\b",
              e -> e.anyCredential(c -> !c.at("/audiences/0").asText().equals(AUDIENCE)),
              "The credential is for another audience than " + AUDIENCE + ".",
              CONNECT),
          KnownFailure.of(
              "audience-of-the-token",
              "AADSTS700212\\b",
              "The job asked GitHub for a token to {audience}; Entra takes those to "
                  + AUDIENCE
                  + ".",
              WORKFLOW),
          KnownFailure.of(
              "object-id-for-client-id",
              "AADSTS700016\\b",
              e -> e.logins().stream().anyMatch(l -> l.member("id").equals(e.text().application())),
              "{identifier} is the object id of an application; AZURE_CLIENT_ID has to be its client id.",
              CONNECT),
          KnownFailure.of(
              "application-of-another-tenant",
              "AADSTS(700016|90002)\\b",
              "The tenant has no application {identifier}: it was deleted, or AZURE_CLIENT_ID or AZURE_TENANT_ID is that of another tenant.",
              CONNECT),
          KnownFailure.of(
              "no-service-principal",
              "AADSTS7000229\\b",
              "The application has no service principal in the tenant.",
              CONNECT),
          KnownFailure.of(
              "token-too-old",
              "AADSTS700024\\b",
              "The token of GitHub is older than its five minutes: a long job used it again, or a clock is wrong. mlops asks for a new one each time; a step that runs az has to log in again.",
              RERUN),
          KnownFailure.of(
              "malformed-token",
              "AADSTS50027\\b",
              "What was sent is not a token of GitHub's: an empty or quoted text.",
              WORKFLOW),
          KnownFailure.of(
              "enterprise-claim",
              "AADSTS7002381\\b",
              "The tenant takes only tokens of repositories of an enterprise that it names, and {repository} belongs to none of those.",
              "gh repo create ORGANIZATION_OF_THAT_ENTERPRISE/NAME --private --source ."),
          KnownFailure.of(
              "role-is-new",
              "No subscriptions? found|AuthorizationFailed|AuthorizationPermissionMismatch",
              Evidence::isNewRole,
              "The roles of {application} are only minutes old: not all of Azure knows them yet.",
              RERUN),
          KnownFailure.of(
              "no-role",
              "No subscriptions? found|AuthorizationFailed|AuthorizationPermissionMismatch",
              "The application lacks a role on what the job works with.",
              CONNECT));

  private LoginFailures() {}
}
