package mlops.emulator.github.api;

import java.math.BigInteger;
import java.util.Base64;

/** The ids of objects in GitHub's GraphQL API, which stand beside the numbers of REST. */
public final class NodeId {

  /**
   * The id of an object.
   *
   * @param kind such as {@code R} of a repository, {@code EN} of an environment
   */
  public static String of(String kind, long number) {
    byte[] bytes = BigInteger.valueOf(number).toByteArray();
    return kind + "_kwDO" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private NodeId() {}
}
