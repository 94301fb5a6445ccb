package mlops.emulator.run.python.build;

import java.util.List;
import java.util.stream.Stream;

/** Packages that hold compiled code, as those of data science often do. */
final class CompiledPackages {
  private static final String NAMES =
      """
      numpy scipy pandas scikit-learn statsmodels numba llvmlite cython pythran pybind11
      matplotlib contourpy kiwisolver pillow opencv-python opencv-python-headless scikit-image
      pyarrow fastparquet h5py tables netcdf4 blosc zstandard lz4 python-snappy brotli
      xgboost lightgbm catboost shap hdbscan umap-learn implicit lightfm surprise scikit-surprise
      torch torchvision torchaudio torchtext tensorflow tensorflow-cpu tensorflow-gpu keras-preprocessing jax jaxlib
      onnx onnxruntime onnxruntime-gpu tokenizers sentencepiece safetensors spacy thinc blis
      cymem preshed murmurhash srsly gensim fasttext nmslib pystan prophet fbprophet pmdarima
      cryptography cffi bcrypt pynacl psutil pyzmq lxml regex grpcio grpcio-tools protobuf
      pyyaml ruamel.yaml.clib markupsafe ujson orjson msgpack greenlet sqlalchemy pyodbc psycopg2 psycopg2-binary
      aiohttp yarl multidict frozenlist wrapt rpds-py pydantic-core polars duckdb
      azureml-dataprep-native azureml-dataprep-rslex
      """;

  /** Options of pip and uv with which these are installed ready-made, or not at all. */
  static List<String> onlyBuilt() {
    return Stream.of(NAMES.strip().split("\\s+")).flatMap(CompiledPackages::onlyBuilt).toList();
  }

  private static Stream<String> onlyBuilt(String name) {
    return Stream.of("--only-binary", name);
  }

  private CompiledPackages() {}
}
