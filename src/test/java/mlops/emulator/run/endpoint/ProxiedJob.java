package mlops.emulator.run.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.run.process.JobFolder;
import mlops.emulator.serve.RawClient;

/**
 * An embedded Azure with an account and a vault, and what a process of a job has to reach it.
 *
 * @param given the variables that its run has of its own
 */
record ProxiedJob(EmbeddedCloud cloud, JobProxy proxy, JobFolder folder, Map<String, String> given)
    implements AutoCloseable {
  static final String GROUP = EmbeddedCloud.SUBSCRIPTION + "/resourceGroups/rg";
  static final String ACCOUNT = GROUP + "/providers/Microsoft.Storage/storageAccounts/jobsown";
  static final String BLOB_HOST = "jobsown.blob.core.windows.net";
  static final String VAULT_HOST = "jobs-own.vault.azure.net";
  private static final String BLOB_READER = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";

  static ProxiedJob in(Path folder, Map<String, String> given) throws IOException {
    return in(folder, given, Map.of());
  }

  /**
   * The same.
   *
   * @param machine the variables of the user of the machine
   */
  static ProxiedJob in(Path folder, Map<String, String> given, Map<String, String> machine)
      throws IOException {
    EmbeddedCloud cloud = EmbeddedCloud.in(folder.resolve("state"));
    put(cloud, GROUP, "2022-09-01", "{'location':'eastus2'}");
    put(
        cloud,
        ACCOUNT,
        "2023-05-01",
        "{'location':'eastus2','kind':'StorageV2','sku':{'name':'Standard_LRS'}}");
    put(cloud, ACCOUNT + "/blobServices/default/containers/data", "2023-05-01", "{}");
    put(
        cloud,
        GROUP + "/providers/Microsoft.KeyVault/vaults/jobs-own",
        "2023-07-01",
        "{'location':'eastus2','properties':{'tenantId':'%s','sku':{'family':'A','name':'standard'},'enableRbacAuthorization':true}}"
            .formatted(EmbeddedAzureOptions.TENANT));
    cloud.azure().blobs().put("jobsown", "data", "one.txt", bytes("the text"), "text/plain");
    JobProxy proxy =
        JobProxy.open(cloud.azure().state(), cloud.azure()::router, Clock.systemUTC(), machine);
    return new ProxiedJob(cloud, proxy, JobFolder.make(folder.resolve("run")), given);
  }

  private static void put(EmbeddedCloud cloud, String id, String version, String body) {
    String url = EmbeddedCloud.ARM + id + "?api-version=" + version;
    EmbeddedCloud.Answer made = cloud.send("PUT", url, body.replace('\'', '"'));
    assertEquals(2, made.status() / 100, () -> id + ": " + made.json());
  }

  /** A token for storage of an identity that may read the account, or of one that may not. */
  String token(boolean reader) {
    Directory directory = new Directory(cloud.azure().state());
    String id = directory.managedIdentity(reader ? "reader" : "stranger", "/none").objectId();
    if (reader) {
      put(
          cloud,
          ACCOUNT
              + "/providers/Microsoft.Authorization/roleAssignments/77777777-7777-7777-7777-777777777777",
          "2022-04-01",
          "{'properties':{'roleDefinitionId':'/providers/Microsoft.Authorization/roleDefinitions/%s','principalId':'%s'}}"
              .formatted(BLOB_READER, id));
    }
    return cloud.tokenOf(id, "https://storage.azure.com");
  }

  /** The variables of a new run of the job. */
  Map<String, String> variables() throws IOException {
    return proxy.admit("s3cret", folder, given);
  }

  /** A connection to the proxy on which nothing has been said. */
  RawClient plain() throws IOException {
    int port = URI.create(variables().getOrDefault("HTTPS_PROXY", "")).getPort();
    return RawClient.of(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Asks the proxy for a connection, as somebody; its first answer. */
  RawClient.Answer refused(String target, String userInfo) throws IOException {
    try (RawClient client = plain()) {
      client.send(connect(target, userInfo));
      return client.answer("CONNECT");
    }
  }

  /** A connection to where the proxy leads. */
  RawClient tunnel(String target) throws IOException {
    RawClient client = plain();
    client.send(connect(target, "job:s3cret"));
    assertEquals("HTTP/1.1 200 Connection established", client.line());
    assertEquals("", client.line());
    return client;
  }

  private static String connect(String target, String userInfo) {
    String basic = Base64.getEncoder().encodeToString(bytes(userInfo));
    return "CONNECT %s HTTP/1.1\r\nHost: %s\r\nProxy-Authorization: Basic %s\r\n\r\n"
        .formatted(target, target, basic);
  }

  /** TLS to a host of Azure, for one who trusts what the run is told to trust. */
  RawClient secure(String host) throws IOException, GeneralSecurityException {
    SSLSocket socket =
        (SSLSocket)
            trust()
                .getSocketFactory()
                .createSocket(tunnel(host + ":443").socket(), host, 443, true);
    var checked = socket.getSSLParameters();
    checked.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(checked);
    socket.startHandshake();
    return RawClient.of(socket);
  }

  private SSLContext trust() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream pem =
        Files.newInputStream(Path.of(variables().getOrDefault("SSL_CERT_FILE", "")))) {
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry("ca-" + store.size(), one);
      }
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    proxy.close();
  }
}
