package mlops.emulator.run.python.requirement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What a Docker build installs into its Python is read from its files. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DockerBuildFilesTest {

  private static Requirements read(Map<String, String> files) {
    return DockerBuildFiles.read("Dockerfile", files).orElseThrow();
  }

  @Test
  void lists_that_the_dockerfile_names_are_read_by_wherever_they_were_copied_to() {
    Requirements found =
        read(
            Map.of(
                "Dockerfile",
                """
                FROM python:3.8-slim
                # RUN pip install nothing
                COPY requirements.txt /tmp/
                RUN apt-get install -y gcc && \\
                    pip install --no-cache-dir -r /tmp/requirements.txt --index-url https://example.org/simple
                """,
                "docker/requirements.txt",
                "pandas==1.5 # old\n\nazureml-mlflow\n"));
    assertEquals(List.of("pandas==1.5"), found.packages());
    assertEquals(List.of("azureml-mlflow"), found.wished());
    assertEquals(List.of("--index-url", "https://example.org/simple"), found.options());
    assertEquals("3.8", found.python().toString());
  }

  @Test
  void packages_of_pip_and_conda_and_a_conda_file_count_together() {
    Requirements found =
        read(
            Map.of(
                "Dockerfile",
                """
                FROM mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu20.04
                RUN conda env create -p /azureml-envs/x -f conda_dependencies.yaml -q
                RUN conda install -y -c conda-forge lightgbm=3.3 libgomp
                RUN python -m pip install 'scikit-learn~=1.1' "mlflow>=2" . ; echo done
                """,
                "conda_dependencies.yaml",
                "dependencies: [python=3.9, numpy=1.22]"));
    assertEquals(
        List.of("numpy==1.22.*", "lightgbm==3.3.*", "scikit-learn~=1.1", "mlflow>=2"),
        found.packages());
    assertEquals("3.9", found.python().toString());
    assertEquals(List.of("libgomp"), found.leftOut());
  }

  @Test
  void a_build_that_says_nothing_of_python_has_no_packages() {
    assertEquals(
        Optional.empty(),
        DockerBuildFiles.read(
            "Dockerfile", Map.of("Dockerfile", "FROM rocker/tidyverse\nRUN R -e 'install()'\n")));
    assertEquals(Optional.empty(), DockerBuildFiles.read("Dockerfile", Map.of()));
  }
}
