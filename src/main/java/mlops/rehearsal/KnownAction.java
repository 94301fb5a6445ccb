package mlops.rehearsal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The actions that are done here, whatever the version; others are refused by their names. */
enum KnownAction {
  CHECKOUT("actions/checkout", SetupActions::checkout),
  SETUP_JAVA("actions/setup-java", SetupActions::java),
  SETUP_PYTHON("actions/setup-python", SetupActions::python),
  AZURE_LOGIN("azure/login", AzureLogin::run),
  UPLOAD_ARTIFACT("actions/upload-artifact", ArtifactActions::upload),
  DOWNLOAD_ARTIFACT("actions/download-artifact", ArtifactActions::download);

  private final String called;

  @SuppressWarnings("ImmutableEnumChecker") // a method
  private final Consumer<StepCall> work;

  KnownAction(String called, Consumer<StepCall> work) {
    this.called = called;
    this.work = work;
  }

  static Optional<KnownAction> named(String name) {
    return Arrays.stream(values()).filter(a -> a.called.equalsIgnoreCase(name)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(a -> a.called).toList();
  }

  void run(StepCall call) {
    work.accept(call);
  }
}
