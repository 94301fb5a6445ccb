package mlops.cli.stage;

import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/** Numbers from tags, which are texts: in a document they are numbers. */
public final class TaggedNumbers {

  /** Puts what a tag says into a document; what is no number, such as NaN, stays a text. */
  public static void put(ObjectNode json, String name, String text) {
    try {
      json.set(name, DecimalNode.valueOf(new BigDecimal(text)));
    } catch (NumberFormatException e) {
      json.put(name, text);
    }
  }

  private TaggedNumbers() {}
}
