package mlops.emulator.serve.tls;

import java.nio.file.Files;
import java.nio.file.Path;
import mlops.emulator.state.StateTree;

/**
 * Where the authority of a state is kept.
 *
 * @param certificate in PEM form, for clients to trust
 * @param key readable by its owner only
 */
record CertificateFiles(Path certificate, Path key) {

  static CertificateFiles of(StateTree state) {
    Path folder = state.folder().resolve("serve");
    return new CertificateFiles(folder.resolve("ca.pem"), folder.resolve("ca.key"));
  }

  boolean exist() {
    return Files.exists(certificate) && Files.exists(key);
  }
}
