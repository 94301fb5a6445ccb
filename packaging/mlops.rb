# mlops for Homebrew, in a tap: Formula/mlops.rb. Never installed by those who wrote it; see packaging/README.md.
class Mlops < Formula
  desc "MLOps on Azure Machine Learning, with an Azure of its own to rehearse on"
  homepage "https://github.com/@REPOSITORY@"
  url "https://github.com/@REPOSITORY@/releases/download/v@VERSION@/mlops-@VERSION@.tar.gz"
  sha256 "@TAR_SHA256@"
  license "MIT"

  depends_on "openjdk"
  depends_on "python@3.13"

  def install
    man1.install Dir["share/man/man1/*"]
    libexec.install Dir["*"]
    (bin/"mlops").write_env_script libexec/"mlops", Language::Java.overridable_java_home_env
  end

  def caveats
    "A project to begin with: cp -R #{opt_libexec}/sample taxi && cd taxi && mlops replay"
  end

  test do
    assert_equal "mlops #{version}", shell_output("#{bin}/mlops --version").strip
    cp_r "#{libexec}/sample/.", testpath
    assert_match "bootstrap demo done", shell_output("#{bin}/mlops bootstrap")
  end
end
