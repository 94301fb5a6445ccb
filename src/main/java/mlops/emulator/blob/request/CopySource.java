package mlops.emulator.blob.request;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.util.BinaryData;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.blob.auth.BlobAuthorizer;
import mlops.emulator.blob.auth.StorageAuthorization;
import mlops.emulator.blob.auth.StorageRight;
import mlops.emulator.blob.auth.StorageTarget;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobAccounts;
import mlops.emulator.blob.store.BlobIndex;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.blob.store.HierarchicalNamespace;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Urls;

/** Finds the blob that a copy reads from, and asks whether the caller may read it. */
public final class CopySource {
  private static final Pattern URL =
      Pattern.compile(
          "https://([^./]+)\\.(?:blob|dfs)\\.core\\.windows\\.net(/([^/?]+)/([^?]+))(\\?.*)?");

  private final BlobAuthorizer authorizer;
  private final BlobStore store;

  public CopySource(BlobAuthorizer authorizer, BlobStore store) {
    this.authorizer = authorizer;
    this.store = store;
  }

  /** The blob to copy, and whether its account has real directories. */
  public record Source(Blob blob, boolean hierarchical, String url) {}

  /**
   * The blob that {@code x-ms-copy-source} names.
   *
   * @throws ApiException 400 where it is not percent-encoded; 404 or 403 CannotVerifyCopySource;
   *     501 for sources outside Azure
   */
  public Source find(StorageRequest request) {
    String url = String.valueOf(request.header("x-ms-copy-source"));
    if (!Urls.isEncoded(url)) {
      throw StorageErrors.invalidHeader("x-ms-copy-source", withoutQuery(url));
    }
    Matcher form = ours(url);
    Request reading = reading(request, form);
    String container = Urls.decode(form.group(3));
    String path = Urls.decode(form.group(4));
    boolean ownSignature = reading.query().containsKey("sig");
    try {
      BlobAccounts.Account account = store.account(form.group(1));
      StorageTarget target = new StorageTarget(account, container, path);
      admit(request, reading, target);
      String name = account.hierarchical() ? HierarchicalNamespace.path(path) : path;
      Blob blob =
          store
              .container(account, target.container())
              .read(index -> find(index, name, reading))
              .orElseThrow(StorageErrors::blobNotFound);
      Conditions.ofSource(request).checkSource(blob);
      return new Source(blob, account.hierarchical(), withoutSignature(url));
    } catch (ApiException e) {
      if (!ownSignature && e.status() != 409) {
        throw e;
      }
      throw new ApiException(e.status(), "CannotVerifyCopySource", e.message());
    }
  }

  private static Optional<Blob> find(BlobIndex index, String name, Request reading) {
    String snapshot = reading.queryValue("snapshot").orElse("");
    if (reading.query().containsKey("versionid")) {
      throw ApiException.notImplemented(
          "The embedded Azure has no versions of blobs (versionid of x-ms-copy-source).");
    }
    return snapshot.isEmpty()
        ? index.find(name)
        : Optional.ofNullable(index.snapshots(name).get(snapshot));
  }

  private static Matcher ours(String url) {
    Matcher form = URL.matcher(url);
    if (!form.matches()) {
      throw ApiException.notImplemented(
          "The embedded Azure copies from its own storage accounts only (x-ms-copy-source), not from "
              + withoutQuery(url));
    }
    return form;
  }

  private static Request reading(StorageRequest request, Matcher form) {
    HttpHeaders headers = new HttpHeaders();
    String authorization = request.header("x-ms-copy-source-authorization");
    boolean signed = form.group(5) != null && form.group(5).contains("sig=");
    if (authorization == null
        && !signed
        && request.authorization().how() == StorageAuthorization.How.TOKEN) {
      authorization = request.header("Authorization");
    }
    if (authorization != null) {
      headers.set(HttpHeaderName.AUTHORIZATION, authorization);
    }
    String query = form.group(5) == null ? "" : form.group(5);
    return Request.of(
        "GET",
        form.group(1) + ".blob.core.windows.net",
        form.group(2) + query,
        headers,
        BinaryData.fromBytes(new byte[0]));
  }

  private void admit(StorageRequest request, Request reading, StorageTarget target) {
    boolean sameAccount = target.account().id().equals(request.account().id());
    boolean byKey =
        request.authorization().how() == StorageAuthorization.How.SHARED_KEY && sameAccount;
    if (!byKey || reading.query().containsKey("sig")) {
      authorizer.admit(StorageRight.READ, reading, target);
    }
  }

  private static String withoutQuery(String url) {
    int mark = url.indexOf('?');
    return mark < 0 ? url : url.substring(0, mark);
  }

  /** The source as the copy shows it later: whoever reads that must not get the signature. */
  private static String withoutSignature(String url) {
    return url.replaceAll("([?&]sig=)[^&]*", "$1REDACTED");
  }
}
