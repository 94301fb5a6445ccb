package mlops.emulator.blob.auth;

/** The {@code sip} of a shared access signature: one IPv4 address or two with a dash between. */
record IpRange(long first, long last) {

  static IpRange of(String text) {
    String[] ends = text.split("-", 2);
    return new IpRange(number(ends[0]), number(ends[ends.length - 1]));
  }

  boolean contains(String address) {
    long number = number(address);
    return first <= number && number <= last;
  }

  private static long number(String address) {
    if (!address.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
      throw AccessDenied.authenticationFailed("sip is no IPv4 address: '%s'".formatted(address));
    }
    long number = 0;
    for (String part : address.split("\\.")) {
      number = number * 256 + Integer.parseInt(part);
    }
    return number;
  }
}
