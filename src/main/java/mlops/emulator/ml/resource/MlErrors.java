package mlops.emulator.ml.resource;

import mlops.emulator.http.ApiException;

/** Failures in the words of Azure Machine Learning. */
public final class MlErrors {

  /** A failure as the management front end words most of its own. */
  public static ApiException userError(int status, String message) {
    return new ApiException(status, "UserError", message);
  }

  private MlErrors() {}
}
