package mlops.emulator.serve.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The authorities that programs on this machine trust, in one file in PEM form. */
public final class MachineCertificates {
  /** Of Debian and Alpine, Fedora, SUSE, macOS. */
  private static final List<Path> OF_SYSTEMS =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/ca-bundle.pem"),
          Path.of("/etc/ssl/cert.pem"));

  /** Those of the system, or of this Java where the system has no file of them. */
  public static byte[] all() throws IOException {
    for (Path file : OF_SYSTEMS) {
      if (Files.isReadable(file)) {
        return Files.readAllBytes(file);
      }
    }
    return ofJava();
  }

  private static byte[] ofJava() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((@Nullable KeyStore) null);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager trusted) {
          for (X509Certificate certificate : trusted.getAcceptedIssuers()) {
            all.write(CertificateAuthority.pem(certificate));
          }
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime trusts nobody", e);
    }
    return all.toByteArray();
  }

  private MachineCertificates() {}
}
