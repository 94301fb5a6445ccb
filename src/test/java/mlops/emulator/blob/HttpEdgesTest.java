package mlops.emulator.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.HttpHeaderName;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import mlops.emulator.http.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are right, and that a server which was tried with one SDK alone gets wrong. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class HttpEdgesTest {
  private static final String COPY = "|x-ms-copy-source=https://flat.blob.core.windows.net/C/";

  @TempDir Path folder;
  private StorageRig storage;
  private String token;

  @BeforeEach
  void make_containers() {
    storage = StorageRig.in(folder);
    for (String account : List.of("flat", "deep")) {
      storage.grant(StorageRig.OWNER, StorageRig.id(account));
      storage.store().createContainer(account, "things");
      for (String name : List.of("a", "dir/b b", "dir/c", "e")) {
        storage.store().put(account, "things", name, name.getBytes(UTF_8), "text/plain");
      }
    }
    token = storage.cloud().azure().userToken("https://storage.azure.com");
  }

  private Response send(String host, String sample) {
    String name = host + ".core.windows.net";
    return storage
        .cloud()
        .azure()
        .router()
        .handle(StorageSamples.request(sample, name, "things", token, null));
  }

  private void expect(String outcome, String host, String sample) {
    Response answer = send(host, sample);
    String code = answer.headers().getValue(HttpHeaderName.fromString("x-ms-error-code"));
    assertEquals(outcome, answer.status() + (code == null ? "" : " " + code), sample);
  }

  private List<String> names(String host, String query) {
    String body = send(host, "GET /C?restype=container&comp=list&" + query).body().toString();
    return Pattern.compile("<Name>([^<]*)</Name>")
        .matcher(body)
        .results()
        .map(MatchResult::group)
        .map(n -> n.replaceAll("<[^>]*>", ""))
        .toList();
  }

  @Test
  void headers_of_writes_say_nothing_to_reads() {
    for (String header :
        List.of(
            "x-ms-blob-type=BlockBlob",
            "x-ms-meta-colour=red",
            "x-ms-blob-content-type=text/csv",
            "x-ms-access-tier=Cool")) {
      expect("200", "flat.blob", "GET /C/a|" + header);
      expect("200", "flat.blob", "HEAD /C/a|" + header);
      expect("200", "flat.blob", "GET /C?restype=container&comp=list|" + header);
      expect("501 NotImplemented", "flat.blob", "PUT /C/a?comp=tier|x-ms-tags=a|" + header);
    }
  }

  @Test
  void conditions_on_nothing_are_not_what_is_told_to_readers() {
    for (String condition : List.of("If-Match=\"0x1\"", "If-Match=*", "x-ms-lease-id=x")) {
      expect("404 BlobNotFound", "flat.blob", "GET /C/none|" + condition);
      expect("404 BlobNotFound", "flat.blob", "HEAD /C/none|" + condition);
      expect("404 BlobNotFound", "flat.blob", "DELETE /C/none|" + condition);
      expect("404 BlobNotFound", "flat.blob", "PUT /C/none?comp=metadata|" + condition);
      expect("404 PathNotFound", "deep.dfs", "HEAD /C/none|" + condition);
    }
    expect("404 BlobNotFound", "flat.blob", "PUT /C/none?comp=tier|x-ms-access-tier=Hot");
    expect(
        "404 BlobNotFound", "flat.blob", "PUT /C/new" + COPY + "none|x-ms-source-if-match=\"0x1\"");
  }

  @Test
  void a_write_that_asks_for_something_finds_nothing_in_its_way() {
    String block = "PUT /C/none|x-ms-blob-type=BlockBlob|>x";
    expect("412 ConditionNotMet", "flat.blob", block.replace("|>", "|If-Match=*|>"));
    expect("201", "flat.blob", block.replace("|>", "|If-None-Match=*|>"));
    expect("409 BlobAlreadyExists", "flat.blob", block.replace("|>", "|If-None-Match=*|>"));
    String list = "PUT /C/listed?comp=blocklist|If-Match=*|><BlockList></BlockList>";
    expect("412 ConditionNotMet", "flat.blob", list);
    expect("412 ConditionNotMet", "flat.blob", "PUT /C/copied" + COPY + "a|If-Match=*");
    expect("412 ConditionNotMet", "deep.dfs", "PUT /C/made?resource=file|If-Match=*");
    expect(
        "412 LeaseNotPresentWithBlobOperation",
        "flat.blob",
        block.replace("|>", "|x-ms-lease-id=x|>"));
  }

  @Test
  void an_empty_header_is_as_good_as_none() {
    String write = "PUT /C/empty|x-ms-blob-type=BlockBlob";
    for (String header :
        List.of(
            "If-Match",
            "If-None-Match",
            "If-Modified-Since",
            "x-ms-lease-id",
            "x-ms-copy-source",
            "x-ms-blob-content-md5",
            "x-ms-content-crc64",
            "x-ms-access-tier",
            "x-ms-blob-content-type",
            "x-ms-encryption-scope")) {
      expect("201", "flat.blob", write + "|" + header + "=|>x");
    }
    expect("200", "flat.blob", "GET /C/a|x-ms-range=|Range=|If-Match=|If-Unmodified-Since=");
    expect("201", "deep.dfs", "PUT /C/empty?resource=file|x-ms-permissions=|x-ms-umask=");
    expect("201", "flat.blob", "PUT /Cnew?restype=container|x-ms-blob-public-access=");
    assertEquals(
        "application/octet-stream",
        send("flat.blob", "HEAD /C/empty").headers().getValue(HttpHeaderName.CONTENT_TYPE));
  }

  @Test
  void a_slash_behind_a_container_says_nothing() {
    for (String host : List.of("flat.blob", "deep.blob")) {
      expect("201", host, "PUT /Cnew/?restype=container");
      expect("200", host, "HEAD /Cnew/?restype=container");
      expect("200", host, "GET /C/?restype=container&comp=list");
      expect("200", host, "PUT /Cnew/?restype=container&comp=metadata|x-ms-meta-a=b");
      expect("202", host, "DELETE /Cnew/?restype=container");
    }
    expect("200", "deep.dfs", "GET /C/?resource=filesystem&recursive=true&directory=/dir/");
    expect("200", "deep.dfs", "HEAD /C/?action=getAccessControl");
    expect("201", "deep.dfs", "PUT /C/sub/?resource=directory");
    expect("201", "deep.dfs", "PUT /C/moved/|x-ms-rename-source=/C/sub/");
    expect("200", "deep.dfs", "HEAD /C/moved");
    expect("201", "flat.blob", "PUT /C/folder/|x-ms-blob-type=BlockBlob|>x");
    assertTrue(names("flat.blob", "prefix=folder").contains("folder/"), "there it is a name");
  }

  @Test
  void a_source_is_percent_encoded() {
    for (String raw : List.of("dir/b b", "50%", "l\u00f6r", "a[1]", "a\"b", "%zz", "a|b")) {
      String source = raw.replace("|", "\\");
      expect("400 InvalidSourceUri", "deep.dfs", "PUT /C/new|x-ms-rename-source=/C/" + source);
      expect("400 InvalidHeaderValue", "flat.blob", "PUT /C/new" + COPY + source);
      expect(
          "400 InvalidHeaderValue",
          "flat.blob",
          "PUT /C/new?comp=block&blockid=AAAA" + COPY + source);
    }
    expect("202", "flat.blob", "PUT /C/new" + COPY + "dir/b%20b");
    expect("202", "flat.blob", "PUT /C/new2" + COPY + "dir%2Fb%20b");
    expect("201", "deep.dfs", "PUT /C/new|x-ms-rename-source=/C/dir%2Fb%20b");
    expect("200", "deep.blob", "HEAD /C/new");
  }

  @Test
  void dates_are_read_in_each_form_of_http() {
    for (String past :
        List.of(
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sun, 6 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994")) {
      expect("412 ConditionNotMet", "flat.blob", "GET /C/a|If-Unmodified-Since=" + past);
      expect("200", "flat.blob", "GET /C/a|If-Modified-Since=" + past);
    }
    for (String wrong : List.of("yesterday", "1994-11-06T08:49:37Z", "06 Nov 1994")) {
      expect("400 InvalidHeaderValue", "flat.blob", "GET /C/a|If-Modified-Since=" + wrong);
    }
  }

  @Test
  void a_list_starts_where_it_is_asked_to() {
    assertEquals(List.of("dir/c", "e"), names("flat.blob", "startFrom=dir/c"));
    assertEquals(List.of("dir/c", "e"), names("flat.blob", "startfrom=dir/b%20c"));
    assertEquals(List.of("dir/", "e"), names("flat.blob", "delimiter=/&startFrom=dir/c"));
    assertEquals(List.of("dir/c"), names("deep.blob", "prefix=dir/&startFrom=dir/c"));
    assertEquals(List.of(), names("flat.blob", "startFrom=f"));
    String page = send("flat.blob", "GET /C?restype=container&comp=list&maxresults=1").body() + "";
    String marker = page.replaceFirst("(?s).*<NextMarker>([^<]*)</NextMarker>.*", "$1");
    assertEquals(List.of("e"), names("flat.blob", "startFrom=e&marker=" + marker));
    assertEquals(
        List.of("dir/b b", "dir/c", "e"), names("flat.blob", "startFrom=a&marker=" + marker));
  }

  @Test
  void what_nothing_reads_is_refused_by_its_name() {
    for (String sample :
        List.of(
            "GET /C?restype=container&comp=list&endbefore=x",
            "GET /C/a?strange=1",
            "PUT /C/a|x-ms-blob-type=BlockBlob|x-ms-structured-body=XSM/1.0|>x",
            "PUT /C/a|x-ms-blob-type=BlockBlob|x-ms-legal-hold=true|>x",
            "PUT /C/a|x-ms-blob-type=BlockBlob|x-ms-source-if-match=*|>x",
            "PUT /Cother?restype=container|x-ms-default-encryption-scope=mine")) {
      Response answer = send("flat.blob", sample);
      assertEquals(501, answer.status(), sample);
      String name = sample.replaceFirst(".*[&?|]([a-z-]+)=.*", "$1").replace("include", "include=");
      assertTrue(answer.body().toString().contains(name), answer.body()::toString);
    }
    assertEquals("a", send("flat.blob", "GET /C/a").body().toString(), "and has done nothing");
    expect("400 UnsupportedHeader", "flat.blob", "GET /C?restype=container&comp=list|If-Match=*");
    expect(
        "400 InvalidQueryParameterValue",
        "flat.blob",
        "GET /C?restype=container&comp=list&include=all");
  }
}
