package mlops.emulator.serve.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS for the hosts that the embedded Azure stands for. What it takes is made when the first client
 * asks for it, for many a service is never asked.
 */
public final class HostTls {
  private final CertificateAuthority authority;
  private @Nullable SSLSocketFactory factory;

  public HostTls(CertificateAuthority authority) {
    this.authority = authority;
  }

  /** The certificate that clients must trust. */
  public Path caFile() {
    return authority.file();
  }

  public synchronized SSLSocketFactory sockets() {
    SSLSocketFactory made = factory;
    if (made == null) {
      made = make();
      factory = made;
    }
    return made;
  }

  private SSLSocketFactory make() {
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
