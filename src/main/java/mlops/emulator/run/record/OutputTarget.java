package mlops.emulator.run.record;

import java.util.Optional;

/**
 * An output that a job declares.
 *
 * @param type as in a YAML file: {@code uri_folder}, {@code custom_model} …
 * @param uri where it goes, if the job says so; it may hold {@code ${{name}}} and the like
 * @param assetName the data asset or model to register it as
 * @param assetVersion the version to register, else the next one
 */
public record OutputTarget(
    String type, Optional<String> uri, Optional<String> assetName, Optional<String> assetVersion) {

  public static OutputTarget folder() {
    return new OutputTarget("uri_folder", Optional.empty(), Optional.empty(), Optional.empty());
  }

  public boolean isFile() {
    return type.equals("uri_file");
  }

  /** This output, which does not become an asset. */
  public OutputTarget unnamed() {
    return new OutputTarget(type, uri, Optional.empty(), Optional.empty());
  }

  /** This output with what another says more exactly. */
  public OutputTarget or(OutputTarget other) {
    return new OutputTarget(
        type,
        uri.or(other::uri),
        assetName.or(other::assetName),
        assetVersion.or(other::assetVersion));
  }
}
