package mlops.emulator.run.record;

import java.util.Optional;

/**
 * An output that a job declares.
 *
 * @param type as in a YAML file: {@code uri_folder}, {@code custom_model} …
 * @param uri where it goes, if the job says so; it may hold {@code ${{name}}} and the like
 * @param assetName the data asset or model to register it as
 * @param assetVersion the version to register, else the next one
 * @param direct whether the job writes to its address by itself
 */
public record OutputTarget(
    String type,
    Optional<String> uri,
    Optional<String> assetName,
    Optional<String> assetVersion,
    boolean direct) {

  public static OutputTarget folder() {
    String type = "uri_folder";
    return new OutputTarget(type, Optional.empty(), Optional.empty(), Optional.empty(), false);
  }

  /** How this output is written, and nothing of where it goes. */
  public OutputTarget plain() {
    return new OutputTarget(type, Optional.empty(), Optional.empty(), Optional.empty(), direct);
  }

  /** This output as files that the job writes. */
  public OutputTarget mounted() {
    return new OutputTarget(type, uri, assetName, assetVersion, false);
  }

  public boolean isFile() {
    return type.equals("uri_file");
  }

  /** This output, which does not become an asset. */
  public OutputTarget unnamed() {
    return new OutputTarget(type, uri, Optional.empty(), Optional.empty(), direct);
  }

  /** This output with what another says more exactly. */
  public OutputTarget or(OutputTarget other) {
    return new OutputTarget(
        type,
        uri.or(other::uri),
        assetName.or(other::assetName),
        assetVersion.or(other::assetVersion),
        direct || other.direct);
  }
}
