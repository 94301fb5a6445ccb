package mlops.steps.bootstrap;

import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.options.BlobUploadFromFileOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.azure.Md5;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/** A local file lies in a container. Content is compared by MD5, so an unchanged file stays. */
final class UploadStep implements Step {
  private final Azure azure;
  private final Output<String> accountId;
  private final String account;
  private final String container;
  private final Path file;
  private final String name;

  UploadStep(
      Azure azure,
      Output<String> accountId,
      String account,
      String container,
      Path file,
      String name) {
    this.azure = azure;
    this.accountId = accountId;
    this.account = account;
    this.container = container;
    this.file = file;
    this.name = name;
  }

  @Override
  public String describe() {
    return "%s in %s".formatted(name, container);
  }

  @Override
  public Change check() {
    if (accountId.ifKnown().isEmpty()) {
      return Change.create("does not exist");
    }
    try {
      return Lookup.find(() -> blob().getProperties())
          .map(this::compare)
          .orElseGet(() -> Change.create("does not exist"));
    } catch (BlobStorageException e) {
      if (Lookup.status(e) == 403) {
        return Change.create("cannot be looked at before the role works");
      }
      throw e;
    }
  }

  private Change compare(BlobProperties actual) {
    byte[] md5 = Optional.ofNullable(actual.getContentMd5()).orElseGet(() -> new byte[0]);
    return Arrays.equals(md5, Md5.of(file)) ? Change.none() : Change.update("content differs");
  }

  @Override
  public void apply(StepMessages notes) {
    BlobHttpHeaders headers =
        new BlobHttpHeaders().setContentType(contentType()).setContentMd5(Md5.of(file));
    blob()
        .uploadFromFileWithResponse(
            new BlobUploadFromFileOptions(file.toString()).setHeaders(headers), null, Context.NONE);
  }

  private BlobClient blob() {
    return azure.container(account, container).getBlobClient(name);
  }

  private String contentType() {
    String lower = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return lower.endsWith(".json")
        ? "application/json"
        : lower.endsWith(".csv") ? "text/csv" : "application/octet-stream";
  }
}
