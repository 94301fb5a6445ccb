package mlops.emulator.template.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import mlops.emulator.http.Json;

/** Functions on ranges of IP addresses, IPv4 and IPv6. */
final class CidrFunctions {
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  static void addTo(FunctionTable table) {
    table.add("parseCidr", 1, 1, CidrFunctions::parse);
    table.add("cidrSubnet", 3, 3, CidrFunctions::subnet);
    table.add("cidrHost", 2, 2, CidrFunctions::host);
  }

  /**
   * A range of addresses.
   *
   * @param bits of an address: 32 or 128
   * @param prefix how many of them are the network's
   */
  private record Network(BigInteger first, int bits, int prefix) {

    BigInteger size() {
      return BigInteger.ONE.shiftLeft(bits - prefix);
    }

    BigInteger last() {
      return first.add(size()).subtract(BigInteger.ONE);
    }

    BigInteger mask() {
      return BigInteger.ONE.shiftLeft(bits).subtract(size());
    }

    boolean old() {
      return bits == 32;
    }

    /** The first address that a host may have: IPv4 keeps one for the network itself. */
    BigInteger firstUsable() {
      return old() && prefix < 31 ? first.add(BigInteger.ONE) : first;
    }

    BigInteger lastUsable() {
      return old() && prefix < 31 ? last().subtract(BigInteger.ONE) : last();
    }
  }

  private static JsonNode parse(Arguments a) {
    Network network = network(a);
    ObjectNode parsed = Json.object();
    parsed.put("network", shown(network.first(), network));
    parsed.put("netmask", shown(network.mask(), network));
    if (network.old()) {
      parsed.put("broadcast", shown(network.last(), network));
    }
    parsed.put("firstUsable", shown(network.firstUsable(), network));
    parsed.put("lastUsable", shown(network.lastUsable(), network));
    return parsed.put("cidr", network.prefix());
  }

  private static JsonNode subnet(Arguments a) {
    Network whole = network(a);
    int prefix = a.integer(1);
    int index = a.integer(2);
    if (prefix < whole.prefix() || prefix > whole.bits()) {
      throw a.invalid("the new prefix /%d does not fit into /%d".formatted(prefix, whole.prefix()));
    }
    BigInteger count = BigInteger.ONE.shiftLeft(prefix - whole.prefix());
    if (index < 0 || BigInteger.valueOf(index).compareTo(count) >= 0) {
      throw a.invalid("there are %s subnets, not one of index %d".formatted(count, index));
    }
    BigInteger size = BigInteger.ONE.shiftLeft(whole.bits() - prefix);
    BigInteger first = whole.first().add(size.multiply(BigInteger.valueOf(index)));
    return TemplateValues.text(shown(first, whole) + "/" + prefix);
  }

  /** Hosts are counted from the address after the network's own. */
  private static JsonNode host(Arguments a) {
    Network network = network(a);
    boolean reserved = network.prefix() < network.bits() - 1;
    BigInteger first = reserved ? network.first().add(BigInteger.ONE) : network.first();
    BigInteger host = first.add(BigInteger.valueOf(a.integer(1)));
    if (a.integer(1) < 0 || host.compareTo(network.lastUsable()) > 0) {
      throw a.invalid("the range has no host of index " + a.integer(1));
    }
    return TemplateValues.text(shown(host, network));
  }

  private static Network network(Arguments a) {
    String[] parts = a.text(0).split("/", -1);
    if (parts.length != 2
        || !LITERAL.matcher(parts[0]).matches()
        || !parts[1].matches("\\d{1,3}")) {
      throw a.invalid("'%s' is no range in CIDR notation".formatted(a.text(0)));
    }
    try {
      byte[] address = InetAddress.getByName(parts[0]).getAddress(); // a literal: nobody is asked
      int bits = address.length * 8;
      int prefix = Integer.parseInt(parts[1]);
      if (prefix > bits || (bits == 32 && !parts[0].matches("\\d+(\\.\\d+){3}"))) {
        throw a.invalid("'%s' is no range in CIDR notation".formatted(a.text(0)));
      }
      Network unmasked = new Network(new BigInteger(1, address), bits, prefix);
      return new Network(unmasked.first().and(unmasked.mask()), bits, prefix);
    } catch (UnknownHostException e) {
      throw a.invalid("'%s' is no range in CIDR notation".formatted(a.text(0)));
    }
  }

  private static String shown(BigInteger address, Network network) {
    byte[] bytes = address.toByteArray();
    byte[] fixed = new byte[network.bits() / 8];
    int length = Math.min(bytes.length, fixed.length);
    System.arraycopy(bytes, bytes.length - length, fixed, fixed.length - length, length);
    StringBuilder text = new StringBuilder();
    if (network.old()) {
      for (byte octet : fixed) {
        text.append(text.isEmpty() ? "" : ".").append(octet & 0xff);
      }
      return text.toString();
    }
    for (int i = 0; i < fixed.length; i += 2) {
      int group = ((fixed[i] & 0xff) << 8) | (fixed[i + 1] & 0xff);
      text.append(text.isEmpty() ? "" : ":").append(Integer.toHexString(group));
    }
    return compressed(text.toString());
  }

  /** The longest run of zeros as {@code ::} (RFC 5952). */
  private static String compressed(String groups) {
    for (int run = 8; run > 1; run--) {
      String zeros = "0" + ":0".repeat(run - 1);
      String padded = ":" + groups + ":";
      int at = padded.indexOf(":" + zeros + ":");
      if (at >= 0) {
        String head = at == 0 ? "" : padded.substring(1, at);
        String tail = padded.substring(Math.min(at + zeros.length() + 2, padded.length()));
        return head + "::" + (tail.endsWith(":") ? tail.substring(0, tail.length() - 1) : tail);
      }
    }
    return groups;
  }

  private CidrFunctions() {}
}
