package mlops.steps.github;

import com.azure.resourcemanager.authorization.models.PrincipalType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import mlops.azure.Azure;
import mlops.azure.github.GitHubClient;
import mlops.azure.ml.BuiltInRole;
import mlops.plan.Output;
import mlops.plan.Recipe;
import mlops.profile.Profile;
import mlops.steps.RoleAssignmentStep;
import mlops.steps.github.ApplicationStep.Application;
import mlops.steps.github.ReviewersStep.Reviewer;
import mlops.steps.github.login.ApplicationName;
import mlops.steps.github.login.ConnectedRepository;
import mlops.steps.github.login.Subject;

/**
 * The recipe of {@code mlops github connect}: for each environment of the profile an application
 * that may do its stages, and an environment of the repository whose jobs log in as it.
 */
public final class Connect {
  private static final String CLIENT = "AZURE_CLIENT_ID";
  private static final String TENANT = "AZURE_TENANT_ID";
  private static final String SUBSCRIPTION = "AZURE_SUBSCRIPTION_ID";
  private static final String GROUP = "RESOURCE_GROUP";
  private static final String WORKSPACE = "WORKSPACE_NAME";
  private static final String TRAINING_WORKSPACE = "WORKSPACE_NAME_DEV";

  /** The names of the variables, or secrets, that jobs of an environment find. */
  public static final Set<String> VALUES =
      Set.of(CLIENT, TENANT, SUBSCRIPTION, GROUP, WORKSPACE, TRAINING_WORKSPACE, SecretsStep.HASH);

  private static final String REPOSITORY = "repository";
  private static final String CONNECTED = "connected";
  private static final String BOOTSTRAPPED = "resource-groups";

  private final Azure azure;
  private final Profile profile;
  private final ConnectOptions options;
  private final Clock clock;
  private final GitHubClient github;
  private final ConnectedScopes scope;
  private final Output<ConnectedRepository> repository = new Output<>(REPOSITORY);
  private final Map<String, Output<List<Reviewer>>> reviewers = new HashMap<>();
  private final Map<String, Output<Application>> applications = new LinkedHashMap<>();
  private final Recipe.Builder recipe = Recipe.named("github connect");

  private Connect(Azure azure, Profile profile, ConnectOptions options, Clock clock) {
    this.azure = azure;
    this.clock = clock;
    this.profile = profile;
    this.options = options;
    this.github = new GitHubClient(azure.connection(), options.site());
    this.scope = new ConnectedScopes(azure, profile);
  }

  public static Recipe recipe(Azure azure, Profile profile, ConnectOptions options, Clock clock) {
    return new Connect(azure, profile, options, clock).build();
  }

  private Recipe build() {
    recipe
        .step(BOOTSTRAPPED, new BootstrappedStep(azure, profile.resourceGroups()))
        .step(
            REPOSITORY,
            new RepositoryStep(github, options.repository(), options.isReviewed(), repository));
    Stream<String> known =
        Stream.concat(
            Stream.of(BOOTSTRAPPED, REPOSITORY),
            profile.environments().stream().filter(this::isReviewed).map(this::lookForReviewers));
    recipe.step(
        CONNECTED,
        new ConnectedVariableStep(
            github,
            new ConnectedVariable(github, repository),
            profile.environments().stream().map(this::path).toList()),
        known.toArray(String[]::new));
    profile.environments().forEach(this::environment);
    profile.environments().forEach(this::application);
    profile.environments().forEach(this::values);
    return recipe.build();
  }

  /** The environment of the repository, first of all: to make one asks for more than the rest. */
  private void environment(Profile.Environment environment) {
    String env = environment.name();
    EnvironmentPath path = path(environment);
    List<String> branches = options.branches();
    Output<List<Reviewer>> reviewers = reviewersOf(environment);
    recipe
        .step(
            "environment." + env,
            new DeploymentEnvironmentStep(github, path, reviewers, unreviewed(environment)),
            CONNECTED)
        .step(
            "branches." + env,
            new BranchPolicyStep(
                github, path, branches.isEmpty() ? gitHub(environment).branches() : branches),
            "environment." + env);
  }

  /** Without reviewers the gate of the profile is all that asks somebody, and not of everything. */
  private String unreviewed(Profile.Environment environment) {
    if (options.isReviewed() || isFirst(environment)) {
      return "";
    }
    return profile.approvals().getOrDefault(environment.name(), false)
        ? "no reviewers: mlops promote asks for --approve, and nothing else of its jobs asks anybody"
        : "no reviewers, so nobody is asked: approvals: {%s: required} makes mlops promote ask"
            .formatted(environment.name());
  }

  /** Whoever trains is asked for only where the profile says so. */
  private boolean isReviewed(Profile.Environment environment) {
    return options.isReviewed()
        && (!isFirst(environment) || !gitHub(environment).reviewers().isEmpty());
  }

  /** The id of the step that does. */
  private String lookForReviewers(Profile.Environment environment) {
    boolean own = options.reviewers().isEmpty() || isFirst(environment);
    List<String> given = own ? gitHub(environment).reviewers() : options.reviewers();
    String id = "reviewers." + environment.name();
    recipe.step(
        id,
        new ReviewersStep(github, given, path(environment), reviewersOf(environment)),
        REPOSITORY);
    return id;
  }

  private Output<List<Reviewer>> reviewersOf(Profile.Environment environment) {
    String env = environment.name();
    return reviewers.computeIfAbsent(env, name -> new Output<>("reviewers of " + name));
  }

  private Profile.GitHubEnvironment gitHub(Profile.Environment environment) {
    return profile.gitHub(environment);
  }

  private EnvironmentPath path(Profile.Environment environment) {
    return new EnvironmentPath(repository, gitHub(environment).name());
  }

  /** What the jobs of an environment need to know. */
  private void values(Profile.Environment environment) {
    String env = environment.name();
    Supplier<Optional<Map<String, String>>> ids = () -> variables(environment);
    if (options.secrets()) {
      recipe.step(
          "secrets." + env, new SecretsStep(github, path(environment), ids), "application." + env);
    } else {
      recipe.step(
          "variables." + env,
          new VariablesStep(github, path(environment), ids),
          "application." + env);
    }
  }

  /** The application that the jobs of an environment log in as, and what it may. */
  private void application(Profile.Environment environment) {
    String env = environment.name();
    String name = ApplicationName.of(profile, environment);
    Output<Application> application = new Output<>("application " + name);
    Output<String> principal = new Output<>("service principal of " + name);
    applications.put(env, application);
    recipe
        .step(
            "application." + env,
            new ApplicationStep(azure, name, application),
            "environment." + env)
        .step(
            "principal." + env,
            new ServicePrincipalStep(azure, name, application, principal),
            "application." + env);
    roles(environment, name, principal);
    credentials(environment, application);
    login(environment, application, principal);
  }

  /** Last of all, what nobody can try but a job. */
  private void login(
      Profile.Environment environment, Output<Application> application, Output<String> principal) {
    String env = environment.name();
    String gitHub = gitHub(environment).name();
    List<String> scopes = new ArrayList<>(List.of(scope.group()));
    List<String> waitsFor = new ArrayList<>(List.of("credential." + env, "role.group." + env));
    if (!isFirst(environment)) {
      scopes.add(scope.container(environment));
      waitsFor.add("role.data." + env);
    }
    LoginReadyStep.Login login =
        new LoginReadyStep.Login(
            application, () -> Subject.of(repository.get(), gitHub), principal, scopes);
    recipe.step(
        "login." + env,
        new LoginReadyStep(azure, gitHub, login, clock),
        waitsFor.toArray(String[]::new));
  }

  /** Jobs of the first environment reach data as the identity of its cluster, so it needs none. */
  private void roles(Profile.Environment environment, String name, Output<String> principal) {
    String env = environment.name();
    String stages = isFirst(environment) ? "train" : "promote and batch-score";
    String whose = "%s on %s, for %s".formatted(name, profile.resourceGroups().ml(), stages);
    recipe.step(
        "role.group." + env,
        role(BuiltInRole.CONTRIBUTOR, scope.group(), whose, principal),
        "principal." + env);
    if (!isFirst(environment)) {
      String container = environment.blobs().container();
      String scores = "%s on %s, for batch-score".formatted(name, container);
      recipe.step(
          "role.data." + env,
          role(BuiltInRole.BLOB_CONTRIBUTOR, scope.container(environment), scores, principal),
          "principal." + env);
    }
  }

  private void credentials(Profile.Environment environment, Output<Application> application) {
    String env = environment.name();
    String gitHub = gitHub(environment).name();
    recipe.step(
        "credential." + env,
        credential(environment, application, () -> Subject.of(repository.get(), gitHub)),
        "application." + env);
    if (options.bothSubjects()) {
      recipe.step(
          "credential-other." + env,
          credential(environment, application, () -> Subject.other(repository.get(), gitHub)),
          "credential." + env);
    }
  }

  private FederatedCredentialStep credential(
      Profile.Environment environment, Output<Application> application, Supplier<String> subject) {
    return new FederatedCredentialStep(
        azure,
        options.site().issuer(),
        gitHub(environment).name(),
        application,
        subject,
        options.renewed(),
        clock);
  }

  private RoleAssignmentStep role(
      BuiltInRole role, String scope, String whose, Output<String> principal) {
    return new RoleAssignmentStep(
        azure,
        role,
        () -> Optional.of(scope),
        whose,
        principal::ifKnown,
        PrincipalType.SERVICE_PRINCIPAL);
  }

  private Optional<Map<String, String>> variables(Profile.Environment environment) {
    Output<Application> application = applications.get(environment.name());
    return application == null
        ? Optional.empty()
        : application.ifKnown().map(a -> variables(environment, a));
  }

  private Map<String, String> variables(Profile.Environment environment, Application application) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put(CLIENT, application.appId());
    values.put(TENANT, azure.signedIn().tenant());
    values.put(SUBSCRIPTION, azure.subscription());
    values.put(GROUP, profile.resourceGroups().ml());
    values.put(WORKSPACE, environment.workspace());
    values.put(TRAINING_WORKSPACE, profile.environments().get(0).workspace());
    return values;
  }

  private boolean isFirst(Profile.Environment environment) {
    return environment.name().equals(profile.environments().get(0).name());
  }
}
