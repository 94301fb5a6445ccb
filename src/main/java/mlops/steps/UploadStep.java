package mlops.steps;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import mlops.azure.Azure;
import mlops.azure.FileBlob;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/** A local file lies in a container. Content is compared by MD5, so an unchanged file stays. */
public final class UploadStep implements Step {
  private final Azure azure;
  private final Place place;
  private final Path file;
  private final BooleanSupplier ready;

  /**
   * Where a file goes.
   *
   * @param name of the blob in the container
   * @param contentType of the blob; empty for Azure's own
   */
  public record Place(
      String account, String container, String name, Optional<String> contentType) {}

  /**
   * @param ready whether what it lies in is there, so that it can be looked at
   */
  public UploadStep(Azure azure, Place place, Path file, BooleanSupplier ready) {
    this.azure = azure;
    this.place = place;
    this.file = file;
    this.ready = ready;
  }

  @Override
  public String describe() {
    return "%s in %s".formatted(place.name(), place.container());
  }

  @Override
  public Change check() {
    if (!ready.getAsBoolean()) {
      return Change.create("does not exist");
    }
    return switch (blob().state()) {
      case MISSING -> Change.create("does not exist");
      case FORBIDDEN -> Change.create("cannot be looked at before the role works");
      case SAME -> Change.none();
      case OTHER -> Change.update("content differs");
    };
  }

  @Override
  public void apply(StepMessages messages) {
    blob().upload(place.contentType());
  }

  private FileBlob blob() {
    return new FileBlob(azure, place.account(), place.container(), place.name(), file);
  }
}
