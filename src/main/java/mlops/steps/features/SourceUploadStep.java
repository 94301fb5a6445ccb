package mlops.steps.features;

import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.options.BlobUploadFromFileOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import mlops.azure.Lookup;
import mlops.azure.Md5;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/**
 * A file here that features are computed of lies in the container of the store, where Azure reads
 * it. Its place does not depend on its content: new rows are no new version of the feature set.
 */
final class SourceUploadStep implements Step {
  private final StorePlace place;
  private final SourcePlace source;
  private final Path file;

  SourceUploadStep(StorePlace place, SourcePlace source, Path file) {
    this.place = place;
    this.source = source;
    this.file = file;
  }

  @Override
  public String describe() {
    return "%s in %s".formatted(source.blob(), place.container());
  }

  @Override
  public Change check() {
    if (place.azure().arm().find(place.containerId(), StoreContainerStep.API).isEmpty()) {
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
    BlobHttpHeaders headers = new BlobHttpHeaders().setContentMd5(Md5.of(file));
    blob()
        .uploadFromFileWithResponse(
            new BlobUploadFromFileOptions(file.toString()).setHeaders(headers), null, Context.NONE);
  }

  private BlobClient blob() {
    return place.azure().container(place.account(), place.container()).getBlobClient(source.blob());
  }
}
