package mlops.emulator.blob.lease;

import java.util.Locale;
import mlops.emulator.http.ApiException;

/** The failures of leases in Azure's words. */
final class LeaseErrors {

  static ApiException alreadyPresent() {
    return conflict("LeaseAlreadyPresent", "There is already a lease present.");
  }

  static ApiException breakingAndCannotBeAcquired() {
    return conflict(
        "LeaseIsBreakingAndCannotBeAcquired",
        "The lease ID matched, but the lease is currently in breaking state and cannot be acquired until it is broken.");
  }

  static ApiException breakingAndCannotBeChanged() {
    return conflict(
        "LeaseIsBreakingAndCannotBeChanged",
        "The lease ID matched, but the lease is currently in breaking state and cannot be changed.");
  }

  static ApiException brokenAndCannotBeRenewed() {
    return conflict(
        "LeaseIsBrokenAndCannotBeRenewed",
        "The lease ID matched, but the lease has been broken explicitly and cannot be renewed.");
  }

  static ApiException mismatchWithLeaseOperation() {
    return conflict(
        "LeaseIdMismatchWithLeaseOperation",
        "The lease ID specified did not match the lease ID for the resource.");
  }

  static ApiException notPresentWithLeaseOperation() {
    return conflict(
        "LeaseNotPresentWithLeaseOperation", "There is currently no lease on the resource.");
  }

  static ApiException missing(String thing) {
    return failed(
        "LeaseIdMissing",
        "There is currently a lease on the %s and no lease ID was specified in the request."
            .formatted(thing));
  }

  static ApiException lost(String thing) {
    return failed(
        "LeaseLost",
        "A lease ID was specified, but the lease for the %s has expired.".formatted(thing));
  }

  static ApiException mismatch(String thing) {
    return failed(
        "LeaseIdMismatchWith%sOperation".formatted(inCode(thing)),
        "The lease ID specified did not match the lease ID for the %s.".formatted(thing));
  }

  static ApiException notPresent(String thing) {
    return failed(
        "LeaseNotPresentWith%sOperation".formatted(inCode(thing)),
        "There is currently no lease on the %s.".formatted(thing));
  }

  private static String inCode(String thing) {
    return thing.substring(0, 1).toUpperCase(Locale.ROOT) + thing.substring(1);
  }

  private static ApiException conflict(String code, String message) {
    return new ApiException(409, code, message);
  }

  private static ApiException failed(String code, String message) {
    return new ApiException(412, code, message);
  }

  private LeaseErrors() {}
}
