package mlops.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.sas.AccountSasPermission;
import com.azure.storage.common.sas.AccountSasResourceType;
import com.azure.storage.common.sas.AccountSasService;
import com.azure.storage.common.sas.AccountSasSignatureValues;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import mlops.Program;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.state.Folders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets are planted, a journey is made and some of it fails, then they are looked for: in what
 * was said and traced, in pages, in the state but for the files that are there to keep them, in
 * what jobs see, and in the list of processes.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@EnabledOnOs(OS.LINUX)
@SuppressWarnings("NullAway.Init")
class SecretCanariesCheck {
  private static final String ACCOUNT = "stgaccmlops2demodemo";

  /** Variables of a user's session, each with a word that stands nowhere else. */
  private static final List<String> VARIABLES =
      List.of(
          "AZURE_CLIENT_SECRET",
          "AZURE_PASSWORD",
          "ARM_CLIENT_SECRET",
          "GITHUB_TOKEN",
          "GH_TOKEN",
          "REDISCLI_AUTH",
          "AWS_SECRET_ACCESS_KEY",
          "DATABASE_URL",
          "MY_OWN_SECRET");

  /** A job that writes all that it can see of its own and others' processes into its log. */
  private static final String SPY =
      """
      import glob
      print(dict(os.environ))
      for file in glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/cmdline"):
          try:
              print(open(file, "rb").read().decode("latin-1").replace("\\0", "\\n"))
          except OSError:
              pass
      """;

  /** The files of the state that keep them, which only their owner may read. */
  private static final Map<String, Set<String>> FILES =
      Map.of(
          "account key", Set.of("account.keys", "datastore.secrets"),
          "SAS", Set.of("datastore.secrets"),
          "wrong SAS", Set.of("datastore.secrets"),
          "secret of the local application", Set.of("local-application.json"),
          "GitHub token", Set.of("tokens.json"));

  @TempDir Path folder;
  private Site site;
  private EmbeddedCloud cloud;
  private final Map<String, String> planted = new LinkedHashMap<>();
  private final Map<String, String> variables = new TreeMap<>();
  private final Set<String> listed = new TreeSet<>();
  private final List<String> said = new ArrayList<>();
  private final Set<String> held = new TreeSet<>();

  @BeforeEach
  void plant() throws IOException, InterruptedException {
    site = Site.tiny(folder);
    site.write("dev/src/judge.py", site.read("dev/src/judge.py") + SPY);
    for (String name : VARIABLES) {
      String word =
          "canary-%s-%x"
              .formatted(name.toLowerCase(Locale.ROOT).replace('_', '-'), System.nanoTime());
      planted.put("variable " + name, word);
      variables.put(name, name.equals("DATABASE_URL") ? "postgres://me:" + word + "@db/x" : word);
    }
    runs(0, "bootstrap");
    cloud = EmbeddedCloud.in(site.state());
    String key = key();
    planted.put("account key", key);
    String sas = sas(key);
    planted.put("SAS", sas.replaceFirst(".*sig=([^&]*).*", "$1"));
    site.write(
        "test/data-store.yml",
        site.read("test/data-store.yml") + "credentials:\n  sas_token: \"" + sas + "\"\n");
    site.write(
        "prod/data-store.yml",
        site.read("prod/data-store.yml") + "credentials:\n  account_key: " + key + "\n");
    planted.put("client secret", clientSecret());
    planted.put("secret of the local application", cloud.azure().application().clientSecret());
    planted.put("GitHub token", cloud.azure().github().tokens().ofUser().value());
  }

  private String key() {
    String url =
        EmbeddedCloud.ARM
            + EmbeddedCloud.SUBSCRIPTION
            + "/resourceGroups/rg-demo-mlops-storage-demo/providers/Microsoft.Storage/storageAccounts/"
            + ACCOUNT
            + "/listKeys?api-version=2023-05-01";
    return cloud.send("POST", url, "").json().at("/keys/0/value").asText();
  }

  private static String sas(String key) {
    return new BlobServiceClientBuilder()
        .endpoint("https://" + ACCOUNT + ".blob.core.windows.net")
        .credential(new StorageSharedKeyCredential(ACCOUNT, key))
        .buildClient()
        .generateAccountSas(
            new AccountSasSignatureValues(
                OffsetDateTime.now(ZoneOffset.UTC).plusDays(1),
                AccountSasPermission.parse("rwlac"),
                new AccountSasService().setBlobAccess(true),
                new AccountSasResourceType().setService(true).setContainer(true).setObject(true)));
  }

  private String clientSecret() {
    String applications = "https://graph.microsoft.com/v1.0/applications";
    JsonNode made = cloud.send("POST", applications, "{\"displayName\":\"canary\"}").json();
    String url = applications + "/" + made.path("id").asText() + "/addPassword";
    JsonNode secret =
        cloud.send("POST", url, "{\"passwordCredential\":{\"displayName\":\"x\"}}").json();
    return secret.path("secretText").asText();
  }

  /**
   * Runs mlops in a process of its own, with the variables, and looks at all processes meanwhile.
   */
  private void runs(int exitCode, String... words) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.addAll(List.of("--profile", site.path("mlops.yml").toString()));
    Path out = folder.resolve("said-%d.txt".formatted(said.size()));
    ProcessBuilder builder = new ProcessBuilder(Program.mlops(all.toArray(String[]::new)));
    builder.environment().putAll(variables);
    Process mlops =
        builder
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .directory(folder.toFile())
            .start();
    while (mlops.isAlive()) {
      look();
    }
    said.add(Files.readString(out));
    assertEquals(
        exitCode,
        mlops.waitFor(),
        () -> String.join(" ", words) + "\n" + said.get(said.size() - 1));
  }

  private void look() throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      all.forEach(process -> listed.add(line(process)));
    }
  }

  private static String line(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"), ISO_8859_1).replace('\0', ' ');
    } catch (IOException e) {
      return ""; // it is over
    }
  }

  @Test
  void they_are_nowhere_but_where_they_are_kept() throws IOException, InterruptedException {
    runs(
        0,
        "replay",
        "--trace",
        "replay.har",
        "--html",
        "report.html",
        "--download",
        "predictions",
        "-v");
    String spied = spied();
    assertTrue(spied.contains("AZUREML_RUN_ID"), spied);
    runs(0, "guide", "--html");
    runs(0, "lineage", "-o", "json", "--trace", "lineage.har");
    runs(0, "doctor", "--trace", "doctor.har");
    String file = "test/data-store.yml";
    site.write(file, site.read(file).replaceAll("sig=[^\"]*", "sig=canaryWrongSignature"));
    planted.put("wrong SAS", "canaryWrongSignature");
    runs(0, "promote", "--to", "test", "--trace", "promote.har");
    runs(1, "batch-score", "--env", "test", "--download", "again", "-v", "--trace", "failed.har");
    runs(0, "local", "save", "kept");

    List<String> found = new ArrayList<>();
    planted.forEach(
        (name, secret) -> {
          inTexts(name, secret, "the list of processes", listed, found);
          inTexts(name, secret, "what was said", said, found);
          inTexts(name, secret, "what a job sees", List.of(spied), found);
        });
    for (Path each : Folders.files(folder)) {
      inFile(each, found);
    }
    assertEquals(List.of(), found);
    Set<String> expected = new TreeSet<>(FILES.keySet());
    expected.remove("SAS"); // the wrong one took its place
    assertEquals(expected, held, "the search finds what is there");
  }

  /** The log of the job that looked around. */
  private String spied() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path each : Folders.files(site.state())) {
      String text = Files.readString(each, ISO_8859_1);
      if (each.toString().contains("/content/") && text.contains("AZUREML_CR_COMPUTE_CONTEXT")) {
        all.append(text);
      }
    }
    return all.toString();
  }

  private static void inTexts(
      String name, String secret, String where, Iterable<String> texts, List<String> found) {
    for (String text : texts) {
      if (forms(secret).anyMatch(text::contains)) {
        String line =
            text.lines().filter(l -> forms(secret).anyMatch(l::contains)).findFirst().orElse("");
        found.add(
            "%s in %s: %s".formatted(name, where, line.substring(0, Math.min(300, line.length()))));
        return;
      }
    }
  }

  private void inFile(Path file, List<String> found) throws IOException {
    String text = Files.readString(file, ISO_8859_1);
    for (Map.Entry<String, String> each : planted.entrySet()) {
      boolean there = forms(each.getValue()).anyMatch(text::contains);
      if (there && !mayHold(file, each.getKey())) {
        found.add("%s in %s".formatted(each.getKey(), folder.relativize(file)));
      }
    }
  }

  /** A secret as it is, in an address, in base64, and in base64 within JSON. */
  private static Stream<String> forms(String secret) {
    byte[] bytes = secret.getBytes(UTF_8);
    return Stream.of(
        secret,
        URLEncoder.encode(secret, UTF_8),
        Base64.getEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Whether a file is there to keep it: what the user wrote, and what only its owner may read. */
  private boolean mayHold(Path file, String name) throws IOException {
    String path = folder.relativize(file).toString();
    boolean written = path.matches("(test|prod)/data-store\\.yml");
    return written || (path.startsWith(".mlops") && keeps(file, name));
  }

  private boolean keeps(Path file, String name) throws IOException {
    boolean kept = FILES.getOrDefault(name, Set.of()).contains(file.getFileName().toString());
    if (kept) {
      String rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
      assertEquals("rw-------", rights, file::toString);
      held.add(name);
    }
    return kept;
  }
}
