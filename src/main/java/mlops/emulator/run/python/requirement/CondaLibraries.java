package mlops.emulator.run.python.requirement;

import java.util.Map;
import java.util.Set;

/** What conda has besides packages of Python, and what it calls some of those. */
final class CondaLibraries {
  /** There in any environment. */
  private static final Set<String> TOOLS = Set.of("pip", "setuptools", "wheel");

  private static final Set<String> NATIVE =
      Set.of(
          "_libgcc_mutex",
          "_openmp_mutex",
          "binutils",
          "blas",
          "bzip2",
          "c-ares",
          "ca-certificates",
          "cmake",
          "compilers",
          "cuda",
          "cuda-runtime",
          "cuda-toolkit",
          "cudatoolkit",
          "cudnn",
          "curl",
          "expat",
          "ffmpeg",
          "freetype",
          "gcc",
          "git",
          "gxx",
          "icu",
          "intel-openmp",
          "jpeg",
          "krb5",
          "lcms2",
          "ld_impl_linux-64",
          "lerc",
          "libblas",
          "libcblas",
          "libcurl",
          "libdeflate",
          "libedit",
          "libev",
          "libexpat",
          "libffi",
          "libgcc",
          "libgcc-ng",
          "libgfortran-ng",
          "libgfortran5",
          "libgomp",
          "liblapack",
          "libnghttp2",
          "libnsl",
          "libopenblas",
          "libpng",
          "libsodium",
          "libsqlite",
          "libssh2",
          "libstdcxx-ng",
          "libtiff",
          "libuuid",
          "libuv",
          "libwebp",
          "libxcb",
          "libxcrypt",
          "libxml2",
          "libzlib",
          "llvm-openmp",
          "lz4-c",
          "make",
          "mkl",
          "ncurses",
          "ninja",
          "nodejs",
          "nomkl",
          "nvidia-apex",
          "openblas",
          "openjdk",
          "openmpi",
          "openssl",
          "pthread-stubs",
          "python_abi",
          "pytorch-cuda",
          "pytorch-mutex",
          "readline",
          "sqlite",
          "tk",
          "tzdata",
          "xz",
          "zeromq",
          "zlib",
          "zstd");

  private static final Map<String, String> PIP_NAMES =
      Map.ofEntries(
          Map.entry("brotli-python", "brotli"),
          Map.entry("dask-core", "dask"),
          Map.entry("matplotlib-base", "matplotlib"),
          Map.entry("msgpack-python", "msgpack"),
          Map.entry("opencv", "opencv-python-headless"),
          Map.entry("py-opencv", "opencv-python-headless"),
          Map.entry("py-xgboost", "xgboost"),
          Map.entry("python-fastjsonschema", "fastjsonschema"),
          Map.entry("python-graphviz", "graphviz"),
          Map.entry("python-tzdata", "tzdata"),
          Map.entry("python-xxhash", "xxhash"),
          Map.entry("pytorch", "torch"),
          Map.entry("pytorch-cpu", "torch"),
          Map.entry("pytorch-gpu", "torch"),
          Map.entry("seaborn-base", "seaborn"));

  static boolean isTool(CondaSpec spec) {
    return TOOLS.contains(spec.name());
  }

  /**
   * Whether it is no package of Python. Conda writes into the build of each that is one for which
   * Python it was made ({@code py311h06a4308_0}, {@code pyhd8ed1ab_0}).
   */
  static boolean isNative(CondaSpec spec) {
    String build = spec.build();
    boolean exact = !build.isEmpty() && !build.contains("*");
    return NATIVE.contains(spec.name())
        || spec.name().matches(".+_(linux|osx|win)-\\w+") // compilers
        || (exact && !build.contains("py"));
  }

  static String pipName(CondaSpec spec) {
    return PIP_NAMES.getOrDefault(spec.name(), spec.name());
  }

  private CondaLibraries() {}
}
