package mlops.emulator.serve.tls;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import mlops.emulator.state.Memoized;
import mlops.emulator.state.StateTree;

/**
 * TLS for the hosts that the embedded Azure stands for. What it takes is made when the first client
 * asks for it, for many a service is never asked.
 */
public final class HostTls {
  private final Path caFile;
  private final Supplier<SSLSocketFactory> sockets;

  private HostTls(Path caFile, Supplier<SSLSocketFactory> sockets) {
    this.caFile = caFile;
    this.sockets = new Memoized<>(sockets);
  }

  /** That of a state. Where its authority is there already, only its name is looked for now. */
  public static HostTls of(StateTree state) {
    CertificateFiles files = CertificateFiles.of(state);
    if (!files.exist()) {
      CertificateAuthority.of(state);
    }
    return new HostTls(files.certificate(), () -> make(CertificateAuthority.of(state)));
  }

  /** The certificate that clients must trust. */
  public Path caFile() {
    return caFile;
  }

  /**
   * What makes sockets of TLS.
   *
   * @throws UncheckedIOException where the files of the authority are broken
   */
  public SSLSocketFactory sockets() {
    return sockets.get();
  }

  private static SSLSocketFactory make(CertificateAuthority authority) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      // nobody who calls shows a certificate, so none is to be trusted
      context.init(new KeyManager[] {new HostKeys(authority)}, new TrustManager[0], null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no TLS", e);
    }
  }
}
