package mlops.emulator.blob.store;

import mlops.emulator.http.ApiException;

/** The failures of Azure Storage in its own words. */
public final class StorageErrors {

  public static ApiException containerNotFound() {
    return ApiException.notFound("ContainerNotFound", "The specified container does not exist.");
  }

  public static ApiException containerAlreadyExists() {
    return new ApiException(
        409, "ContainerAlreadyExists", "The specified container already exists.");
  }

  public static ApiException blobNotFound() {
    return ApiException.notFound("BlobNotFound", "The specified blob does not exist.");
  }

  public static ApiException blobAlreadyExists() {
    return new ApiException(409, "BlobAlreadyExists", "The specified blob already exists.");
  }

  public static ApiException conditionNotMet(int status) {
    return new ApiException(
        status,
        "ConditionNotMet",
        "The condition specified using HTTP conditional header(s) is not met.");
  }

  public static ApiException resourceTypeMismatch() {
    return new ApiException(
        409,
        "ResourceTypeMismatch",
        "The specified resource type does not match the type of the existing resource.");
  }

  public static ApiException invalidRange() {
    return new ApiException(
        416,
        "InvalidRange",
        "The range specified is invalid for the current size of the resource.");
  }

  public static ApiException invalidHeader(String header, String value) {
    return ApiException.badRequest(
            "InvalidHeaderValue",
            "The value for one of the HTTP headers is not in the correct format.")
        .withDetail("HeaderName", header)
        .withDetail("HeaderValue", value);
  }

  public static ApiException unsupportedHeader(String header) {
    return ApiException.badRequest(
            "UnsupportedHeader",
            "One of the HTTP headers specified in the request is not supported.")
        .withDetail("HeaderName", header);
  }

  public static ApiException missingHeader(String header) {
    return ApiException.badRequest(
            "MissingRequiredHeader",
            "An HTTP header that's mandatory for this request is not specified.")
        .withDetail("HeaderName", header);
  }

  public static ApiException invalidQuery(String name, String value) {
    return ApiException.badRequest(
            "InvalidQueryParameterValue",
            "Value for one of the query parameters specified in the request URI is invalid.")
        .withDetail("QueryParameterName", name)
        .withDetail("QueryParameterValue", value);
  }

  public static ApiException outOfRangeQuery(String name, String value) {
    return ApiException.badRequest(
            "OutOfRangeQueryParameterValue",
            "One of the query parameters specified in the request URI is outside the permissible range.")
        .withDetail("QueryParameterName", name)
        .withDetail("QueryParameterValue", value);
  }

  public static ApiException invalidMetadata() {
    return ApiException.badRequest(
        "InvalidMetadata",
        "The metadata specified is invalid. It has characters that are not permitted.");
  }

  public static ApiException invalidBlobType() {
    return new ApiException(409, "InvalidBlobType", "The blob type is invalid for this operation.");
  }

  public static ApiException snapshotsPresent() {
    return new ApiException(
        409, "SnapshotsPresent", "This operation is not permitted because the blob has snapshots.");
  }

  public static ApiException publicAccessNotPermitted() {
    return new ApiException(
        409, "PublicAccessNotPermitted", "Public access is not permitted on this storage account.");
  }

  public static ApiException invalidXmlValue(String node, String value) {
    return ApiException.badRequest(
            "InvalidXmlNodeValue",
            "The value for one of the XML nodes is not in the correct format.")
        .withDetail("XmlNodeName", node)
        .withDetail("XmlNodeValue", value);
  }

  public static ApiException invalidXml() {
    return ApiException.badRequest(
        "InvalidXmlDocument", "XML specified is not syntactically valid.");
  }

  private StorageErrors() {}
}
