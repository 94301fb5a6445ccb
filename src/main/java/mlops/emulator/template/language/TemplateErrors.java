package mlops.emulator.template.language;

import mlops.emulator.http.ApiException;

/** What is wrong with a template, in the words of ARM. */
public final class TemplateErrors {

  public static ApiException template(String message) {
    return ApiException.badRequest(
        "InvalidTemplate", "Deployment template validation failed: '%s'.".formatted(message));
  }

  static ApiException function(String name) {
    return template(
        "The template function '%s' is not valid. Please see https://aka.ms/arm-functions for usage details."
            .formatted(name));
  }

  static ApiException arguments(String name) {
    return template(
        "The template language function '%s' was called with arguments that it does not take. Please see https://aka.ms/arm-functions for usage details."
            .formatted(name));
  }

  private TemplateErrors() {}
}
