package mlops.emulator.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.util.BinaryData;
import com.azure.storage.file.datalake.DataLakeDirectoryClient;
import com.azure.storage.file.datalake.DataLakeFileSystemClient;
import com.azure.storage.file.datalake.sas.DataLakeServiceSasSignatureValues;
import com.azure.storage.file.datalake.sas.FileSystemSasPermission;
import com.azure.storage.file.datalake.sas.PathSasPermission;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A header may name a second path: a right on the first one is none on that. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class SecondResourceTest {
  private final OffsetDateTime later = OffsetDateTime.now(ZoneOffset.UTC).plusHours(1);

  @TempDir Path folder;
  private StorageRig storage;
  private DataLakeFileSystemClient files;

  @BeforeEach
  void make_files() {
    storage = StorageRig.in(folder);
    for (String container : List.of("files", "others")) {
      storage.store().createContainer("deep", container);
      for (String name : List.of("dir/x", "dir/y", "other/z")) {
        storage.store().put("deep", container, name, name.getBytes(UTF_8), "text/plain");
      }
    }
    files = storage.dataLakeWithKey().getFileSystemClient("files");
  }

  private String ofFile(String path, String permissions) {
    return files
        .getFileClient(path)
        .generateSas(
            new DataLakeServiceSasSignatureValues(later, PathSasPermission.parse(permissions)));
  }

  private String ofDirectory(String path, String permissions) {
    DataLakeDirectoryClient directory = files.getDirectoryClient(path);
    return directory.generateSas(
        new DataLakeServiceSasSignatureValues(later, PathSasPermission.parse(permissions)));
  }

  private String ofAll(String permissions) {
    return files.generateSas(
        new DataLakeServiceSasSignatureValues(later, FileSystemSasPermission.parse(permissions)));
  }

  private Response send(String method, String host, String target, String header, String value) {
    HttpHeaders headers = new HttpHeaders();
    headers.set(HttpHeaderName.fromString(header), value);
    return storage
        .cloud()
        .azure()
        .router()
        .handle(
            Request.of(
                method,
                "deep." + host + ".core.windows.net",
                target,
                headers,
                BinaryData.fromBytes(new byte[0])));
  }

  private int rename(String to, String sas, String source) {
    return send("PUT", "dfs", "/files/" + to + "?" + sas, "x-ms-rename-source", source).status();
  }

  @Test
  void a_rename_takes_nothing_that_its_signature_does_not_open() {
    String sas = ofFile("dir/x", "racwdm");
    assertEquals(403, rename("dir/x", sas, "/files/other/z"));
    assertEquals(403, rename("dir/x", sas, "/files/dir/y"));
    assertEquals(403, rename("dir/x", sas, "/files/other/z?" + sas), "a signature for another");
    String forged = ofFile("other/z", "m").replaceFirst("sig=...", "sig=AAA");
    assertEquals(403, rename("dir/x", sas, "/files/other/z?" + forged));
    assertEquals("other/z", text("other/z"), "it is where it was");
    assertEquals("dir/x", text("dir/x"));
  }

  @Test
  void a_source_may_bring_a_signature_of_its_own() {
    String sas = ofFile("dir/x", "racwdm");
    assertEquals(403, rename("dir/x", sas, "/files/other/z?" + ofFile("other/z", "rw")));
    assertEquals(201, rename("dir/x", sas, "/files/other/z?" + ofFile("other/z", "d")));
    assertEquals("other/z", text("dir/x"));
  }

  @Test
  void a_signature_that_opens_both_is_enough_where_it_lets_take_away() {
    assertEquals(403, rename("dir/n", ofAll("rcw"), "/files/dir/y"));
    assertEquals(201, rename("dir/n", ofAll("cwd"), "/files/dir/y"));
    String directory = ofDirectory("dir", "rwdl");
    assertEquals(201, rename("dir/m", directory, "/files/dir/n"));
    assertEquals(403, rename("dir/m", directory, "/files/other/z"));
  }

  @Test
  void a_copy_reads_nothing_that_its_signature_does_not_open() {
    String sas = ofAll("racwdl");
    for (String source : List.of("/others/dir/x", "/files/dir/y")) {
      String url = "https://deep.blob.core.windows.net" + source;
      Response copy = send("PUT", "blob", "/files/copied?" + sas, "x-ms-copy-source", url);
      assertEquals(404, copy.status(), copy.body()::toString);
      String block = "/files/copied?comp=block&blockid=AAAA&" + sas;
      assertEquals(404, send("PUT", "blob", block, "x-ms-copy-source", url).status());
    }
    String own = "https://deep.blob.core.windows.net/files/dir/y?" + ofFile("dir/y", "r");
    assertEquals(
        202, send("PUT", "blob", "/files/copied?" + sas, "x-ms-copy-source", own).status());
  }

  @Test
  void a_list_of_a_directory_asks_for_the_right_on_it() {
    String list = "/files?resource=filesystem&recursive=true&" + ofDirectory("dir", "l");
    assertEquals(200, send("GET", "dfs", list + "&directory=dir", "a", "b").status());
    assertEquals(200, send("GET", "dfs", list + "&directory=/dir/", "a", "b").status());
    assertEquals(403, send("GET", "dfs", list + "&directory=other", "a", "b").status());
    assertEquals(403, send("GET", "dfs", list + "&directory=", "a", "b").status());
  }

  @Test
  void a_version_that_does_not_sign_what_kind_it_opens_opens_no_directory() throws Exception {
    for (String version : List.of("2015-04-05", "2016-05-31", "2017-07-29", "2018-03-28")) {
      String text = "rl\n\n2099-01-01\n/blob/deep/files/dir\n\n\n\n" + version + "\n\n\n\n\n";
      String sas = "sv=%s&sp=rl&se=2099-01-01&sig=%s".formatted(version, signed(text));
      assertEquals(403, read("/files/dir/x?sr=d&sdd=1&" + sas), version);
      assertEquals(403, read("/files/dir/y?sr=d&sdd=1&" + sas), version);
      assertEquals(200, read("/files/dir?sr=b&" + sas), "of the path that was signed");
    }
  }

  @Test
  void a_term_that_nothing_keeps_is_refused_by_its_name() {
    Response answer =
        send("GET", "blob", "/files/dir/x?" + ofFile("dir/x", "r") + "&suoid=someone", "a", "b");
    assertEquals(501, answer.status());
    assertTrue(answer.body().toString().contains("suoid"));
  }

  private int read(String target) {
    return send("GET", "blob", target, "a", "b").status();
  }

  private String signed(String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(storage.key("deep")), "HmacSHA256"));
    String signature = Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    return URLEncoder.encode(signature, UTF_8);
  }

  private String text(String path) {
    String sas = ofFile(path, "r");
    return send("GET", "blob", "/files/" + path + "?" + sas, "a", "b").body().toString();
  }
}
