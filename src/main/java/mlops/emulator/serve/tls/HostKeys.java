package mlops.emulator.serve.tls;

import java.net.Socket;
import java.security.KeyPair;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.jspecify.annotations.Nullable;

/** Picks the certificate for the host that a TLS client asks for, and makes it at first need. */
final class HostKeys extends X509ExtendedKeyManager {
  private static final int KEPT = 256;
  private static final String LOOPBACK = "localhost";

  private final CertificateAuthority authority;
  private final KeyPair pair = CertificateAuthority.newKeyPair();
  private final Map<String, X509Certificate> issued =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, X509Certificate> eldest) {
              return size() > KEPT;
            }
          });

  HostKeys(CertificateAuthority authority) {
    this.authority = authority;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    if (!keyType.equals("EC")) {
      return null;
    }
    SSLSession session = ((SSLSocket) socket).getHandshakeSession();
    if (session instanceof ExtendedSSLSession extended) {
      for (SNIServerName name : extended.getRequestedServerNames()) {
        if (name instanceof SNIHostName host && AzureHosts.contains(host.getAsciiName())) {
          return AzureHosts.certificateName(host.getAsciiName().toLowerCase(Locale.ROOT));
        }
      }
    }
    return LOOPBACK;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    X509Certificate leaf =
        issued.computeIfAbsent(alias, name -> authority.issue(names(name), pair));
    return new X509Certificate[] {leaf, authority.certificate()};
  }

  private static GeneralNames names(String name) {
    if (!name.equals(LOOPBACK)) {
      return new GeneralNames(new GeneralName(GeneralName.dNSName, name));
    }
    return new GeneralNames(
        new GeneralName[] {
          new GeneralName(GeneralName.dNSName, LOOPBACK),
          new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
          new GeneralName(GeneralName.iPAddress, "::1")
        });
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return pair.getPrivate();
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    return null; // the service speaks TLS on sockets only
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {LOOPBACK};
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }
}
