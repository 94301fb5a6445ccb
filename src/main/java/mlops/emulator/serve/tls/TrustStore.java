package mlops.emulator.serve.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import mlops.emulator.state.DurableFiles;

/** The certificate of the authority in the form that Java programs trust. */
public final class TrustStore {
  /** Java asks for one; what it guards is public. */
  public static final String PASSWORD = "changeit";

  /** Writes a PKCS #12 file beside the certificate, and returns it. */
  public static Path beside(Path caFile) {
    Path file = caFile.resolveSibling("ca.p12");
    try (InputStream pem = Files.newInputStream(caFile)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry(
          "mlops", CertificateFactory.getInstance("X.509").generateCertificate(pem));
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      store.store(bytes, PASSWORD.toCharArray());
      DurableFiles.write(file, bytes.toByteArray());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no trust store can be made of " + caFile, e);
    }
  }

  private TrustStore() {}
}
