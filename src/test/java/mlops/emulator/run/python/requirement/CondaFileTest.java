package mlops.emulator.run.python.requirement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conda files, as people write them, are read as what pip and uv install. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CondaFileTest {

  @Test
  void conda_packages_become_pip_packages() {
    Requirements conda =
        CondaFile.parse(
            """
            dependencies:
              - python=3.11
              - numpy=1.26
              - conda-forge::pandas==2.2.1=py311_0
              - pytorch>=2
              - cudatoolkit=11
              - pip
              - pip: [azureml-defaults, scikit-learn>=1.6]
            """);
    assertEquals(new PythonVersions("==3.11.*"), conda.python());
    assertEquals(
        List.of("numpy==1.26.*", "pandas==2.2.1", "torch>=2", "scikit-learn>=1.6"),
        conda.packages());
    assertEquals(List.of("azureml-defaults"), conda.wished());
    assertEquals(List.of("cudatoolkit"), conda.leftOut());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "iniconfig 2.*; iniconfig==2.*",
        "pluggy >=1.0; pluggy>=1.0",
        "pluggy >= 1.0 , < 2; pluggy>=1.0,<2",
        "numpy 1.26.4 py311h08b1b3b_0; numpy==1.26.4",
        "numpy=1.26.4=py311h08b1b3b_0; numpy==1.26.4",
        "iniconfig[version='>=2']; iniconfig>=2",
        "conda-forge/linux-64::SciPy[version=\"1.11.*\",build=py*]; scipy==1.11.*",
        "conda-forge::iniconfig=2.*=py*; iniconfig==2.*",
        "PyYAML; pyyaml",
        "pandas=2; pandas==2.*",
        "pandas==2.1*; pandas==2.1.*",
        "pandas~=2.1; pandas~=2.1",
        "pandas!=2.1.*,>1; pandas!=2.1.*,>1",
        "pandas 1.5.*|2.1.*; pandas==2.1.*",
        "pandas *; pandas",
        "ruamel.yaml=0.17 # of conda itself; ruamel.yaml==0.17.*",
        "pytorch=2.0.1=py3.11_cuda11.8_cudnn8.7.0_0; torch==2.0.1",
        "libffi=3.4.2=h6a678d5_6; -",
        "_openmp_mutex=5.1=1_gnu; -",
        "openblas-devel=0.3.21=h243e9b2_0; -",
        "xz; -",
        "Pip=23.0; -"
      })
  void a_match_specification_of_conda_is_one_of_pip(String conda, String pip) {
    Requirements file = CondaFile.parse("dependencies: ['" + conda.replace("'", "''") + "']");
    assertEquals(pip.equals("-") ? List.of() : List.of(pip), file.packages());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "python=3.11.7=h7a1cb2a_2; 3.11.7",
        "python=3.11.*=*_cpython; 3.11",
        "Python 3.10.*; 3.10",
        "defaults::python[version='>=3.9']; >=3.9",
        "python; ''"
      })
  void the_python_of_a_conda_file_is_found_however_it_is_written(String line, String version) {
    Requirements file =
        CondaFile.parse("dependencies: [\"" + line + "\"]\nprefix: /opt/conda/envs/e");
    assertEquals(version, file.python().toString());
    assertEquals(List.of(), file.packages());
  }

  @Test
  void options_of_a_pip_list_are_passed_on_and_others_are_said_to_be_left_out() {
    Requirements file =
        CondaFile.parse(
            """
            dependencies:
              - pip:
                - --extra-index-url https://example.org/simple
                - --no-cache-dir
                - -r more.txt
                - pandas # the newest
            """);
    assertEquals(List.of("--extra-index-url", "https://example.org/simple"), file.options());
    assertEquals(List.of("pandas"), file.packages());
    assertEquals(List.of("-r more.txt"), file.leftOut());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "==3.7.5; 3.7.16; true",
        "==3.7.5; 3.11.2; false",
        "==3.1.*; 3.11.2; false",
        "==3.*; 3.11.2; true",
        ">=3.8,<3.11; 3.10.13; true",
        ">=3.8,<3.11; 3.11.2; false",
        ">=3.8.5; 3.8.1; false",
        "<=3.9; 3.9.18; true",
        ">3.9; 3.9.18; true",
        "!=3.9.*,>=3.8; 3.9.18; false",
        "''; 3.6.1; true"
      })
  void a_version_of_python_will_do_or_not(String wanted, String version, boolean admitted) {
    assertEquals(admitted, new PythonVersions(wanted).admit(version));
  }

  @Test
  void the_newest_python_that_will_do_is_looked_for_first() {
    assertEquals(List.of("3.9", "3.8"), new PythonVersions(">=3.8.2,<3.10").minors());
    assertEquals(List.of("3.7"), new PythonVersions("==3.7.5").minors());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "scikit-learn==0.24.1; 0.24.1; true",
        "scikit-learn==0.24.1; 1.1.3; false",
        "torch==2.0; 2.0.0+cpu; true",
        "torch==2.0.1; 2.0.1+cpu; true",
        "numpy==1.2; 1.20; false",
        "numpy==1.26.*; 1.26.4; true",
        "numpy~=1.26.1; 1.26.4; true",
        "numpy~=1.26.1; 1.27.0; false",
        "numpy>=1.2,<2; 9.0; true"
      })
  void a_version_is_what_was_asked_for_or_another(String asked, String version, boolean met) {
    assertEquals(met, PipRequirement.parse(asked).isMetBy(version));
  }

  @Test
  void an_environment_has_the_tools_that_one_of_conda_has() {
    Requirements file = CondaFile.parse("dependencies: [{pip: [pandas, setuptools==58]}]");
    assertEquals(List.of("pip"), file.withTools("3.11.2").wished());
    Requirements other = CondaFile.parse("dependencies: [{pip: [pandas]}]");
    assertEquals(List.of("pip", "setuptools>=60,<81"), other.withTools("3.11.2").wished());
    Requirements none = CondaFile.parse("dependencies: [xz]");
    assertEquals(List.of(), none.withTools("3.11.2").wished());
  }

  @Test
  void a_package_of_before_numpy_2_gets_the_numpy_that_it_was_compiled_for() {
    Requirements old = CondaFile.parse("dependencies: [{pip: [scikit-learn==1.1.3, mlflow]}]");
    assertTrue(old.withTools("3.11.2").wished().contains("numpy<2"));
    for (String other :
        List.of("scikit-learn==1.5.2", "scikit-learn", "scikit-learn==1.1.3, numpy==1.24.4")) {
      Requirements asked = CondaFile.parse("dependencies: [{pip: [%s]}]".formatted(other));
      assertFalse(asked.withTools("3.11.2").wished().contains("numpy<2"), other);
    }
  }
}
