package mlops.emulator.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.util.BinaryData;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import mlops.emulator.http.Request;
import mlops.openapi.DocumentedOperation;
import org.jspecify.annotations.Nullable;

/** A request that each operation which is served answers well, and values that parameters have. */
public final class StorageSamples {
  private static final String CONTAINER = "/C?restype=container";
  private static final String ID = Base64.getEncoder().encodeToString("one".getBytes(UTF_8));
  private static final String BATCH =
      "|Content-Type=multipart/mixed; boundary=b|>--b\r\nContent-Type: application/http\r\n\r\nDELETE /C/b HTTP/1.1\r\n\r\n--b--";
  private static final String TAGS =
      "<Tags><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tags>";
  private static final String WHERE = "comp=blobs&where=%40container%3D'NAME'%20AND%20k%3D'v'";
  private static final String COPY = "x-ms-copy-source=https://flat.blob.core.windows.net/C/b";

  private static final String LEASED = "11111111-1111-1111-1111-111111111111";
  private static final String HELD = "|x-ms-lease-id=" + LEASED;
  private static final String BLOB_LEASE = "PUT /C/l?comp=lease|x-ms-lease-action=";
  private static final String CONTAINER_LEASE =
      "PUT /Cleased?restype=container&comp=lease|x-ms-lease-action=";

  /** What some samples ask to be there, by what their targets contain. */
  static final Map<String, List<String>> BEFORE =
      Map.of(
          "/C/l?comp=lease",
          List.of(
              "PUT /C/l|x-ms-blob-type=BlockBlob|>leased",
              BLOB_LEASE + "acquire|x-ms-lease-duration=-1|x-ms-proposed-lease-id=" + LEASED),
          "/Cleased?",
          List.of(
              "PUT /Cleased?restype=container",
              CONTAINER_LEASE + "acquire|x-ms-lease-duration=-1|x-ms-proposed-lease-id=" + LEASED),
          "comp=blobs",
          List.of("PUT /C/b?comp=tags|>" + TAGS, "PUT /C/e?comp=tags|>" + TAGS));

  /**
   * What is sent: {@code METHOD target|header=value|header=value|> body}; C stands for a container.
   */
  static final Map<String, List<String>> REQUESTS =
      Map.ofEntries(
          Map.entry("Service_GetProperties", List.of("GET /?restype=service&comp=properties")),
          Map.entry("Service_ListContainersSegment", List.of("GET /?comp=list")),
          Map.entry(
              "Service_GetUserDelegationKey",
              List.of(
                  "POST /?restype=service&comp=userdelegationkey|><KeyInfo><Start></Start><Expiry>EXPIRY</Expiry></KeyInfo>")),
          Map.entry("Service_SubmitBatch", List.of("POST /?comp=batch" + BATCH)),
          Map.entry("Container_SubmitBatch", List.of("POST " + CONTAINER + "&comp=batch" + BATCH)),
          Map.entry("Service_GetAccountInfo", List.of("GET /?restype=account&comp=properties")),
          Map.entry("Container_GetAccountInfo", List.of("GET /C?restype=account&comp=properties")),
          Map.entry("Blob_GetAccountInfo", List.of("GET /C/b?restype=account&comp=properties")),
          Map.entry("Container_Create", List.of("PUT /Cnew?restype=container")),
          Map.entry("Container_GetProperties", List.of("GET " + CONTAINER, "HEAD " + CONTAINER)),
          Map.entry("Container_Delete", List.of("DELETE " + CONTAINER)),
          Map.entry("Container_SetMetadata", List.of("PUT " + CONTAINER + "&comp=metadata")),
          Map.entry("Container_GetAccessPolicy", List.of("GET " + CONTAINER + "&comp=acl")),
          Map.entry(
              "Container_SetAccessPolicy",
              List.of("PUT " + CONTAINER + "&comp=acl|><SignedIdentifiers></SignedIdentifiers>")),
          Map.entry("Container_ListBlobFlatSegment", List.of("GET " + CONTAINER + "&comp=list")),
          Map.entry(
              "Container_ListBlobHierarchySegment", List.of("GET " + CONTAINER + "&comp=list")),
          Map.entry("Blob_Download", List.of("GET /C/b|x-ms-range=bytes=1-2")),
          Map.entry("Blob_GetProperties", List.of("HEAD /C/b", "HEAD /C/b?comp=metadata")),
          Map.entry("Blob_Delete", List.of("DELETE /C/b")),
          Map.entry("AppendBlob_Create", List.of("PUT /C/b|x-ms-blob-type=AppendBlob")),
          Map.entry("BlockBlob_Upload", List.of("PUT /C/b|x-ms-blob-type=BlockBlob|>new")),
          Map.entry(
              "BlockBlob_PutBlobFromUrl", List.of("PUT /C/e|x-ms-blob-type=BlockBlob|" + COPY)),
          Map.entry("Blob_SetHTTPHeaders", List.of("PUT /C/b?comp=properties")),
          Map.entry("Blob_SetMetadata", List.of("PUT /C/b?comp=metadata")),
          Map.entry("Blob_StartCopyFromURL", List.of("PUT /C/e|" + COPY)),
          Map.entry("Blob_CopyFromURL", List.of("PUT /C/e|x-ms-requires-sync=true|" + COPY)),
          Map.entry("Blob_AbortCopyFromURL", List.of("PUT /C/b?comp=copy|x-ms-copy-action=abort")),
          Map.entry("Blob_SetTier", List.of("PUT /C/b?comp=tier|x-ms-access-tier=Cool")),
          Map.entry("BlockBlob_StageBlock", List.of("PUT /C/b?comp=block&blockid=" + ID + "|>new")),
          Map.entry(
              "BlockBlob_StageBlockFromURL",
              List.of("PUT /C/d?comp=block&blockid=" + ID + "|" + COPY)),
          Map.entry(
              "BlockBlob_CommitBlockList",
              List.of("PUT /C/b?comp=blocklist|><BlockList></BlockList>")),
          Map.entry("BlockBlob_GetBlockList", List.of("GET /C/b?comp=blocklist")),
          Map.entry("AppendBlob_AppendBlock", List.of("PUT /C/a?comp=appendblock|>more")),
          Map.entry(
              "Blob_AcquireLease",
              List.of("PUT /C/b?comp=lease|x-ms-lease-action=acquire|x-ms-lease-duration=-1")),
          Map.entry("Blob_RenewLease", List.of(BLOB_LEASE + "renew" + HELD)),
          Map.entry(
              "Blob_ChangeLease",
              List.of(
                  BLOB_LEASE + "change|x-ms-proposed-lease-id=" + LEASED.replace('1', '3') + HELD)),
          Map.entry("Blob_ReleaseLease", List.of(BLOB_LEASE + "release" + HELD)),
          Map.entry("Blob_BreakLease", List.of(BLOB_LEASE + "break")),
          Map.entry(
              "Container_AcquireLease",
              List.of(
                  "PUT /C?restype=container&comp=lease|x-ms-lease-action=acquire|x-ms-lease-duration=-1")),
          Map.entry("Container_RenewLease", List.of(CONTAINER_LEASE + "renew" + HELD)),
          Map.entry(
              "Container_ChangeLease",
              List.of(
                  CONTAINER_LEASE
                      + "change|x-ms-proposed-lease-id="
                      + LEASED.replace('1', '3')
                      + HELD)),
          Map.entry("Container_ReleaseLease", List.of(CONTAINER_LEASE + "release" + HELD)),
          Map.entry("Container_BreakLease", List.of(CONTAINER_LEASE + "break")),
          Map.entry("Blob_CreateSnapshot", List.of("PUT /C/b?comp=snapshot")),
          Map.entry("Blob_GetTags", List.of("GET /C/b?comp=tags")),
          Map.entry("Blob_SetTags", List.of("PUT /C/b?comp=tags|>" + TAGS)),
          Map.entry("Service_FilterBlobs", List.of("GET /?" + WHERE)),
          Map.entry("Container_FilterBlobs", List.of("GET " + CONTAINER + "&" + WHERE)),
          Map.entry(
              "Path_Lease", List.of("POST /C/b|x-ms-lease-action=acquire|x-ms-lease-duration=-1")),
          Map.entry("Service_ListFileSystems", List.of("GET /?resource=account")),
          Map.entry("FileSystem_Create", List.of("PUT /Cnew?resource=filesystem")),
          Map.entry("FileSystem_SetProperties", List.of("PATCH /C?resource=filesystem")),
          Map.entry("FileSystem_GetProperties", List.of("HEAD /C?resource=filesystem")),
          Map.entry("FileSystem_Delete", List.of("DELETE /C?resource=filesystem")),
          Map.entry("FileSystem_ListPaths", List.of("GET /C?resource=filesystem&recursive=false")),
          Map.entry(
              "Path_Create",
              List.of(
                  "PUT /C/e?resource=file",
                  "PUT /C/folder?resource=directory",
                  "PUT /C/e|x-ms-rename-source=/C/b")),
          Map.entry(
              "Path_Update",
              List.of(
                  "PATCH /C/b?action=append&position=7|>new",
                  "PATCH /C/b?action=flush&position=7",
                  "PATCH /C/b?action=setProperties",
                  "PATCH /C/b?action=setAccessControl")),
          Map.entry("Path_Read", List.of("GET /C/b|Range=bytes=1-2")),
          Map.entry(
              "Path_GetProperties",
              List.of(
                  "HEAD /C/b", "HEAD /C/b?action=getStatus", "HEAD /C/b?action=getAccessControl")),
          Map.entry("Path_Delete", List.of("DELETE /C/b", "DELETE /C/folder?recursive=true")),
          Map.entry("Path_SetAccessControl", List.of("PATCH /C/b?action=setAccessControl")),
          Map.entry(
              "Path_SetAccessControlRecursive",
              List.of(
                  "PATCH /C/folder?action=setAccessControlRecursive&mode=modify|x-ms-acl=user::r-x")),
          Map.entry(
              "Path_SetExpiry", List.of("PUT /C/b?comp=expiry|x-ms-expiry-option=NeverExpire")),
          Map.entry("Path_FlushData", List.of("PATCH /C/b?action=flush&position=7")),
          Map.entry("Path_AppendData", List.of("PATCH /C/b?action=append&position=7|>new")));

  /** The operations of which there is a sample: all that are served. */
  public static Set<String> operations() {
    return REQUESTS.keySet();
  }

  private static final String PAST = "Fri, 01 Jan 2010 00:00:00 GMT";
  private static final String FUTURE = "Mon, 01 Jan 2035 00:00:00 GMT";
  private static final String OTHER_MD5 = "AAAAAAAAAAAAAAAAAAAAAA==";
  private static final String OTHER_CRC = "AAAAAAAAAAA=";

  /** A value of each parameter that must make a difference; others have {@code other}. */
  static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry("If-Modified-Since", FUTURE),
          Map.entry("x-ms-source-if-modified-since", FUTURE),
          Map.entry("If-Unmodified-Since", PAST),
          Map.entry("x-ms-source-if-unmodified-since", PAST),
          Map.entry("If-None-Match", "*"),
          Map.entry("x-ms-source-if-none-match", "*"),
          Map.entry("Content-MD5", OTHER_MD5),
          Map.entry("x-ms-blob-content-md5", OTHER_MD5),
          Map.entry("x-ms-source-content-md5", OTHER_MD5),
          Map.entry("x-ms-content-md5", OTHER_MD5),
          Map.entry("x-ms-content-crc64", OTHER_CRC),
          Map.entry("x-ms-source-content-crc64", OTHER_CRC),
          Map.entry("x-ms-lease-duration", "20"),
          Map.entry("x-ms-lease-break-period", "5"),
          Map.entry("x-ms-tags", "colour=red"),
          Map.entry("Content-Length", "0"),
          Map.entry("x-ms-version", "2021-08-06"),
          Map.entry("x-ms-blob-public-access", "blob"),
          Map.entry("x-ms-access-tier", "Cold"),
          Map.entry("x-ms-rehydrate-priority", "High"),
          Map.entry("x-ms-delete-snapshots", "only"),
          Map.entry("x-ms-range", "bytes=2-2"),
          Map.entry("Range", "bytes=2-2"),
          Map.entry("x-ms-source-range", "bytes=2-2"),
          Map.entry("x-ms-range-get-content-md5", "true"),
          Map.entry("x-ms-range-get-content-crc64", "true"),
          Map.entry("x-ms-copy-source-blob-properties", "false"),
          Map.entry("x-ms-blob-condition-maxsize", "1"),
          Map.entry("x-ms-blob-condition-appendpos", "1"),
          Map.entry("x-ms-properties", "colour=cmVk"),
          Map.entry("x-ms-permissions", "0700"),
          Map.entry("x-ms-umask", "0077"),
          Map.entry("x-ms-acl", "user::rwx,group::r-x,other::--x"),
          Map.entry("maxresults", "1"),
          Map.entry("maxResults", "1"),
          Map.entry("include", "metadata"),
          Map.entry("delimiter", "/"),
          Map.entry("marker", "1!eg"),
          Map.entry("continuation", "eg=="),
          Map.entry("directory", "folder"),
          Map.entry("recursive", "true"),
          Map.entry("blocklisttype", "all"),
          Map.entry("blockid", "dHdv"),
          Map.entry("mode", "posix"),
          Map.entry("x-ms-expiry-option", "Absolute"),
          Map.entry("maxRecords", "1"),
          Map.entry("forceFlag", "true"),
          Map.entry("upn", "true"),
          Map.entry("retainUncommittedData", "true"),
          Map.entry("close", "true"),
          Map.entry("paginated", "true"),
          Map.entry("flush", "true"),
          Map.entry("position", "1"));

  /** A sample as it is sent, with one parameter more, less or changed. */
  static Request request(
      String sample,
      String host,
      String container,
      String token,
      DocumentedOperation.@Nullable Parameter with) {
    String[] parts = sample.split("\\|", -1);
    String[] line =
        parts[0].replace("/C", "/" + container).replace("NAME", container).split(" ", 2);
    HttpHeaders headers = new HttpHeaders();
    headers.set(HttpHeaderName.AUTHORIZATION, "Bearer " + token);
    String body = "";
    for (String part : List.of(parts).subList(1, parts.length)) {
      if (part.startsWith(">")) {
        body = part.substring(1).replace("/C/", "/" + container + "/");
      } else {
        String[] pair = part.replace("/C/", "/" + container + "/").split("=", 2);
        headers.set(HttpHeaderName.fromString(pair[0]), pair[1]);
      }
    }
    String target = with != null && with.inQuery() ? with(line[1], with.name()) : line[1];
    if (with != null && !with.inQuery()) {
      String name = with.name().equals("x-ms-meta") ? "x-ms-meta-colour" : with.name();
      headers.set(HttpHeaderName.fromString(name), VALUES.getOrDefault(with.name(), "other"));
    }
    return Request.of(line[0], host, target, headers, BinaryData.fromString(body));
  }

  private static String with(String target, String name) {
    int mark = target.indexOf('?');
    Map<String, String> query = new LinkedHashMap<>();
    if (mark >= 0) {
      for (String pair : target.substring(mark + 1).split("&")) {
        query.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
      }
    }
    query.put(name, VALUES.getOrDefault(name, "other"));
    return (mark < 0 ? target : target.substring(0, mark))
        + query.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining("&", "?", ""));
  }

  private StorageSamples() {}
}
