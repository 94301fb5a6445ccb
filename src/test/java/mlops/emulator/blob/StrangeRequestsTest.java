package mlops.emulator.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.util.BinaryData;
import com.azure.storage.common.sas.AccountSasPermission;
import com.azure.storage.common.sas.AccountSasResourceType;
import com.azure.storage.common.sas.AccountSasService;
import com.azure.storage.common.sas.AccountSasSignatureValues;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that make no sense, from someone who may do everything: refused, never a bug. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StrangeRequestsTest {
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "PUT", "DELETE", "POST", "PATCH", "OPTIONS");
  private static final List<String> SEGMENTS =
      List.of("things", "b", "a%2Fb", "", "..", "%00", "%C3%28", "$root", "x".repeat(1100), "Ü ?");
  private static final List<String> QUERIES =
      List.of(
          "restype=container",
          "restype=service",
          "restype=account",
          "comp=list",
          "comp=block",
          "comp=blocklist",
          "comp=appendblock",
          "comp=metadata",
          "comp=properties",
          "comp=acl",
          "comp=tier",
          "comp=copy",
          "comp=lease",
          "comp=userdelegationkey",
          "resource=file",
          "resource=directory",
          "resource=filesystem",
          "resource=account",
          "action=append",
          "action=flush",
          "action=setAccessControl",
          "action=getAccessControl",
          "action=setProperties",
          "recursive=true",
          "position=-1",
          "position=99999999999999999999",
          "position=0",
          "blockid=%25%25",
          "blockid=AAAA",
          "blocklisttype=what",
          "maxresults=0",
          "maxresults=999999999999",
          "marker=!",
          "marker=1!AA",
          "continuation=%20",
          "directory=/",
          "prefix=%FF",
          "delimiter=//",
          "include=,,",
          "snapshot=now");
  private static final List<String> HEADERS =
      List.of(
          "x-ms-range",
          "Range",
          "If-Match",
          "If-None-Match",
          "If-Modified-Since",
          "x-ms-blob-type",
          "x-ms-copy-source",
          "x-ms-rename-source",
          "x-ms-properties",
          "x-ms-permissions",
          "x-ms-umask",
          "x-ms-acl",
          "x-ms-meta-a b",
          "x-ms-meta-ok",
          "x-ms-access-tier",
          "x-ms-blob-public-access",
          "x-ms-blob-condition-appendpos",
          "x-ms-source-range",
          "x-ms-blob-content-md5",
          "x-ms-content-crc64",
          "x-ms-version",
          "Content-MD5");
  private static final List<String> VALUES =
      List.of(
          "bytes=0-",
          "bytes=5-2",
          "bytes=999999999999999999-",
          "*",
          "\"0x1\"",
          "BlockBlob",
          "AppendBlob",
          "PageBlob",
          "https://flat.blob.core.windows.net/things/b",
          "https://flat.blob.core.windows.net/things/%zz?sig=1",
          "http://elsewhere/x",
          "/things/b",
          "/%",
          "a=b=c,,=",
          "0777",
          "rwxrwxrwx",
          "user::rwx,group:",
          "",
          "-1",
          "0",
          "Hot",
          "blob",
          "Mon, 23 Nov 2026 05:00:00 GMT",
          "never",
          "AAAAAAAAAAAAAAAAAAAAAA==");
  private static final List<String> BODIES =
      List.of(
          "",
          "text",
          "<",
          "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
          "<BlockList><Latest>AAAA</Latest></BlockList>",
          "<BlockList><Other>AAAA</Other></BlockList>",
          "<KeyInfo><Start>x</Start></KeyInfo>",
          "<SignedIdentifiers><Expiry>x</Expiry></SignedIdentifiers>");

  private final Random random = new Random(20261123);
  @TempDir Path folder;

  @Test
  void they_are_answered_in_azures_words() {
    StorageRig storage = StorageRig.in(folder);
    for (String account : List.of("flat", "deep")) {
      storage.container(account, "things").getBlobClient("b").upload(BinaryData.fromString("b"));
      String sas = everything(storage, account);
      for (int i = 0; i < 3000; i++) {
        Request request = request(account, random.nextInt(10) == 0 ? "sig=x&sv=2" : sas);
        Response response = storage.cloud().azure().router().handle(request);
        response.body().toBytes();
        assertTrue(response.status() != 500, request::toString);
      }
    }
  }

  private static String everything(StorageRig storage, String account) {
    return storage
        .withKey(account)
        .generateAccountSas(
            new AccountSasSignatureValues(
                OffsetDateTime.now(ZoneOffset.UTC).plusHours(1),
                AccountSasPermission.parse("rwdlacup"),
                AccountSasService.parse("b"),
                AccountSasResourceType.parse("sco")));
  }

  private Request request(String account, String sas) {
    StringBuilder target = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      target.append('/').append(random.nextInt(3) > 0 ? SEGMENTS.get(i % 2) : any(SEGMENTS));
    }
    target.append('?').append(sas);
    for (int i = random.nextInt(4); i > 0; i--) {
      target.append('&').append(any(QUERIES));
    }
    HttpHeaders headers = new HttpHeaders();
    for (int i = random.nextInt(4); i > 0; i--) {
      headers.set(HttpHeaderName.fromString(any(HEADERS)), any(VALUES));
    }
    String kind = random.nextBoolean() ? "blob" : "dfs";
    return Request.of(
        any(METHODS),
        account + "." + kind + ".core.windows.net",
        target.toString(),
        headers,
        BinaryData.fromBytes(any(BODIES).getBytes(UTF_8)));
  }

  private String any(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
