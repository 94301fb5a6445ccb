package mlops.emulator.run.python.requirement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What an environment has beyond what a file says, so that MLflow is there once. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OneMlflowTest {
  private static List<String> installed(String... asked) {
    return new Requirements(PythonVersions.any(), List.of(), List.of(asked), List.of(), List.of())
        .withOneMlflow()
        .all();
  }

  @Test
  void a_pinned_mlflow_is_the_only_mlflow() {
    assertEquals(
        List.of("azureml-mlflow==1.45.0", "mlflow==1.30.0", "pandas", "mlflow-skinny==1.30.0"),
        installed("azureml-mlflow==1.45.0", "mlflow==1.30.0", "pandas"));
  }

  @Test
  void nothing_is_added_where_nothing_clashes() {
    for (String[] asked :
        List.of(
            new String[] {"mlflow==1.30.0"},
            new String[] {"azureml-mlflow", "mlflow"},
            new String[] {"azureml-mlflow", "mlflow==2.0.1", "mlflow-skinny==2.1.0"})) {
      assertEquals(List.of(asked), installed(asked));
    }
  }
}
