package mlops.emulator.run.record;

/** What an input of a job holds. */
public sealed interface InputValue {

  /** A literal: text, a number or a flag, as it is written. */
  record Text(String text) implements InputValue {}

  /**
   * Data at a place.
   *
   * @param type as in a YAML file: {@code uri_file}, {@code uri_folder}, {@code custom_model} …
   * @param uri any URI or asset id that {@code DataLocations} understands
   */
  record Data(String type, String uri) implements InputValue {
    public boolean isFile() {
      return type.equals("uri_file");
    }
  }
}
