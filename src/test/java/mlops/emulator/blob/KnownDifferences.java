package mlops.emulator.blob;

/** Where Azurite does not do as Azure does, by the recordings and the REST reference. */
final class KnownDifferences {

  /**
   * What is compared of a line of a transcript.
   *
   * @param scenario what the line is from
   */
  static String leaveOut(String scenario, String line) {
    String text = line;
    if (line.contains("-> 200 ")) {
      // Azure tells the MD5 of the whole blob in this header where a range is asked for.
      text = text.replaceAll(", x-ms-blob-content-md5=[^,}]*", "");
    }
    if (scenario.equals("blocks")
        || scenario.equals("appends")
        || scenario.equals("headers and metadata")) {
      // Azurite makes up an MD5 for blobs that have none.
      text = text.replaceAll(", content-md5=[^,}]*", "");
    }
    if (line.contains("comp=snapshot")) {
      // Documented, and Azurite leaves it out.
      text = text.replace(", x-ms-request-server-encrypted=false", "");
    }
    if (line.contains("blocklisttype=")) {
      // Azure tells ETag and time of blobs that are committed only.
      text = text.replace(", etag=*, last-modified=*", "");
    }
    return text;
  }

  /** A transcript of Azurite in Azure's words. */
  static String inWordsOfAzure(String transcript) {
    return transcript
        // Recorded: a signature that does not fit is AuthenticationFailed.
        .replace("AuthorizationFailure", "AuthenticationFailed")
        // Recorded: NoPendingCopyOperation, whatever the id.
        .replace("CopyIdMismatch", "NoPendingCopyOperation")
        // Reported of Azure: what is not there is BlobNotFound, whatever its conditions ask.
        .replace(
            "/missing -> 412 {date=*, x-ms-error-code=ConditionNotMet, x-ms-request-id=*} \n"
                + "  refused: 412 ConditionNotMet",
            "/missing -> 404 {date=*, x-ms-error-code=BlobNotFound, x-ms-request-id=*} \n"
                + "  refused: 404 BlobNotFound")
        // Documented: a hash that does not fit is Md5Mismatch.
        .replace("InvalidOperation", "Md5Mismatch");
  }

  private KnownDifferences() {}
}
