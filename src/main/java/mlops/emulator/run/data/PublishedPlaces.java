package mlops.emulator.run.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import mlops.emulator.blob.published.PublicData;
import mlops.emulator.blob.published.PublicUrl;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobAccounts;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.state.StateTree;

/**
 * Places in the Internet, which jobs reach only where the user has laid their data: what a job is
 * told of one, with the command that lays it.
 */
record PublishedPlaces(StateTree state, BlobStore blobs, BlobAccounts accounts) {
  private static final String NOT_FOUND = "ScriptExecution.StreamAccess.NotFound";

  /**
   * What was found at a place, where that is all of it.
   *
   * @throws JobFailure where it is public data that is laid in part, or not at all
   */
  List<Blob> complete(BlobLocation place, List<Blob> found) {
    PublicUrl url = place.published();
    if (accounts.find(url.account()).filter(PublicData::isPublic).isPresent()) {
      if (found.isEmpty()) {
        throw new JobFailure(
            NOT_FOUND, "There is nothing laid for %s. %s".formatted(place, lay(place)));
      }
      if (PublicData.isPartial(state, url)) {
        throw new JobFailure(
            NOT_FOUND, "The data of %s was laid only in part. %s".formatted(place, lay(place)));
      }
    }
    return found;
  }

  /**
   * Asks that all public data that a job names is there, before anything of it runs.
   *
   * @param properties of the job, as its document has them
   */
  void requireLaid(JsonNode properties) {
    List<String> missing =
        properties.findValues("inputs").stream()
            .flatMap(inputs -> inputs.findParents("uri").stream())
            .filter(input -> !"direct".equalsIgnoreCase(input.path("mode").asText()))
            .flatMap(input -> PublicUrl.of(input.path("uri").asText()).stream())
            .filter(this::isMissing)
            .map(PublishedPlaces::command)
            .distinct()
            .toList();
    if (!missing.isEmpty()) {
      throw new JobFailure(
          NOT_FOUND,
          "The job reads public data, and the embedded Azure reaches no network. Fetch it yourself and lay it once, then run the job again:\n  "
              + String.join("\n  ", missing));
    }
  }

  private boolean isMissing(PublicUrl url) {
    Optional<BlobAccounts.Account> account = accounts.find(url.account());
    return account
        .map(a -> PublicData.isPublic(a) && new PublicData(state, blobs).at(url).isEmpty())
        .orElse(true);
  }

  /** Of a place in an account that the embedded Azure does not have. */
  static JobFailure unknown(BlobLocation place, boolean reading) {
    String account =
        "Storage account '%s' was not found, for %s.".formatted(place.account(), place);
    if (!reading) {
      return new JobFailure(NOT_FOUND, account);
    }
    return new JobFailure(
        NOT_FOUND,
        place.account().equals(PublicUrl.ELSEWHERE)
            ? "Cannot read %s: the embedded Azure reaches no network. %s"
                .formatted(place, lay(place))
            : account + " If it is somebody else's public data: " + lay(place));
  }

  /** Nobody writes to what others publish. */
  static void requireRead(BlobLocation place, boolean reading) {
    if (!reading) {
      throw new JobFailure(
          "ScriptExecution.StreamAccess.Authentication",
          "Cannot write %s: it is somebody else's, of which you have laid public data here."
              .formatted(place));
    }
  }

  private static String lay(BlobLocation place) {
    return "Fetch it yourself and lay it once, then run the job again: "
        + command(place.published());
  }

  private static String command(PublicUrl url) {
    return "mlops local data add '%s' FILE (or a FOLDER)".formatted(url);
  }
}
