package mlops.emulator.serve.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import mlops.emulator.state.BrokenFile;
import mlops.emulator.state.DurableFiles;
import mlops.emulator.state.StateTree;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The private certificate authority of one state folder. Its key is readable by its owner only and
 * is never installed anywhere: clients are pointed at {@link HostTls#caFile} by a variable of their
 * process.
 */
final class CertificateAuthority {
  private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
  private static final Duration LEAF_LIFE = Duration.ofDays(90);
  private static final Duration BACKDATED = Duration.ofDays(1);

  private final X509Certificate certificate;
  private final PrivateKey key;

  private CertificateAuthority(X509Certificate certificate, PrivateKey key) {
    this.certificate = certificate;
    this.key = key;
  }

  /** The authority of a state, made at its first use. */
  static CertificateAuthority of(StateTree state) {
    CertificateFiles files = CertificateFiles.of(state);
    return state.exclusively(() -> readOrMake(files));
  }

  private static CertificateAuthority readOrMake(CertificateFiles files) {
    try {
      if (files.exist()) {
        return known(files.certificate(), files.key());
      }
      KeyPair pair = newKeyPair();
      X509Certificate certificate = selfSigned(pair);
      DurableFiles.writeSecret(files.key(), pair.getPrivate().getEncoded());
      DurableFiles.write(files.certificate(), pem(certificate));
      return new CertificateAuthority(certificate, pair.getPrivate());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime makes no certificates", e);
    }
  }

  private static CertificateAuthority known(Path file, Path keyFile) throws IOException {
    try {
      return read(file, keyFile);
    } catch (GeneralSecurityException e) {
      throw new BrokenFile(
              file, "it and its key are no certificate; delete their folder to have new ones")
          .failure(e);
    }
  }

  private static CertificateAuthority read(Path file, Path keyFile)
      throws IOException, GeneralSecurityException {
    byte[] encoded = Files.readAllBytes(file);
    return new CertificateAuthority(
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(encoded)),
        KeyFactory.getInstance("EC")
            .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(keyFile))));
  }

  X509Certificate certificate() {
    return certificate;
  }

  static KeyPair newKeyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no P-256", e);
    }
  }

  /** A certificate for a server of these names; {@code *.} stands for one label. */
  X509Certificate issue(GeneralNames names, KeyPair pair) {
    try {
      X509v3CertificateBuilder builder = builder(certificate, "mlops local Azure", pair, LEAF_LIFE);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(Extension.subjectAlternativeName, false, names);
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate.getPublicKey()));
      return sign(builder, key);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("no certificate for " + names, e);
    }
  }

  private static X509Certificate selfSigned(KeyPair pair)
      throws GeneralSecurityException, IOException {
    String subject = "mlops local Azure (this state folder only)";
    X509v3CertificateBuilder builder = builder(null, subject, pair, AUTHORITY_LIFE);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
    return sign(builder, pair.getPrivate());
  }

  private static X509v3CertificateBuilder builder(
      @Nullable X509Certificate issuer, String subject, KeyPair pair, Duration life) {
    Instant start = Instant.now().minus(BACKDATED);
    X500Name name = new X500Name("CN=" + subject);
    X500Name by =
        issuer == null ? name : X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded());
    return new JcaX509v3CertificateBuilder(
        by,
        new BigInteger(120, new SecureRandom()),
        Date.from(start),
        Date.from(start.plus(life)),
        name,
        pair.getPublic());
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  static byte[] pem(X509Certificate certificate) throws GeneralSecurityException {
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(certificate.getEncoded());
    return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
        .formatted(base64)
        .getBytes(US_ASCII);
  }
}
