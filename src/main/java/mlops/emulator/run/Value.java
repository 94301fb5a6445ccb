package mlops.emulator.run;

/** What an input of a job holds. */
sealed interface Value {

  /** A literal: text, a number or a flag, as it is written. */
  record Text(String text) implements Value {}

  /**
   * Data at a place.
   *
   * @param type as in a YAML file: {@code uri_file}, {@code uri_folder}, {@code custom_model} …
   * @param uri any URI or asset id that {@link Locations} understands
   */
  record Data(String type, String uri) implements Value {
    boolean isFile() {
      return type.equals("uri_file");
    }
  }
}
