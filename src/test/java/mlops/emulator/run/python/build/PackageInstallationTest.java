package mlops.emulator.run.python.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What is asked of an index beyond what a file says. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PackageInstallationTest {
  @Test
  void a_pinned_mlflow_is_the_only_mlflow() {
    List<String> asked = List.of("azureml-mlflow==1.45.0", "mlflow==1.30.0", "pandas");
    assertEquals(
        List.of("azureml-mlflow==1.45.0", "mlflow==1.30.0", "pandas", "mlflow-skinny==1.30.0"),
        PackageInstallation.withOneMlflow(asked));
  }

  @Test
  void nothing_is_added_where_nothing_clashes() {
    for (List<String> asked :
        List.of(
            List.of("mlflow==1.30.0"),
            List.of("azureml-mlflow", "mlflow"),
            List.of("azureml-mlflow", "mlflow==2.0.1", "mlflow-skinny==2.1.0"))) {
      assertEquals(asked, PackageInstallation.withOneMlflow(asked));
    }
  }
}
