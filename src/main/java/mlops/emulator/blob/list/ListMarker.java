package mlops.emulator.blob.list;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.store.StorageErrors;

/** Where a list goes on: a text that clients give back as they got it. */
final class ListMarker {

  static String write(String place) {
    return "1!" + Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(UTF_8));
  }

  /**
   * The place at which the request goes on, or nothing.
   *
   * @throws mlops.emulator.http.ApiException 400 where it is no marker
   */
  static String read(StorageRequest request) {
    String marker = request.query("marker").orElse("");
    try {
      return marker.isEmpty()
          ? ""
          : new String(Base64.getUrlDecoder().decode(marker.substring(2)), UTF_8);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw StorageErrors.invalidQuery("marker", marker);
    }
  }

  private ListMarker() {}
}
