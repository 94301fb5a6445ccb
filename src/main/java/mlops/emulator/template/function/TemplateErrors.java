package mlops.emulator.template.function;

import mlops.emulator.http.ApiException;

/** What is wrong with a template, in the words of ARM. */
public final class TemplateErrors {

  public static ApiException template(String message) {
    return ApiException.badRequest(
        "InvalidTemplate", "Deployment template validation failed: '%s'.".formatted(message));
  }

  /** A function that the template language does not have. */
  public static ApiException function(String name) {
    return template(
        "The template function '%s' is not valid. Please see https://aka.ms/arm-functions for usage details."
            .formatted(name));
  }

  /** A function where ARM does not take it. */
  public static ApiException place(String name) {
    return template(
        "The template function '%s' is not expected at this location. Please see https://aka.ms/arm-functions for usage details."
            .formatted(name));
  }

  /** A part of the template language that is not built here. */
  public static ApiException notBuilt(String what) {
    return ApiException.notImplemented(
        "The template deployments of the embedded Azure do not have %s.".formatted(what));
  }

  private TemplateErrors() {}
}
