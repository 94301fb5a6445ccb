package mlops.emulator.blob.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.azure.core.util.BinaryData;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.util.function.BiConsumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Response;

/** XML as storage reads and writes it. */
public final class StorageXml {
  private static final String HEAD = "\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?>";

  /** 50,000 blocks, the most that a blob may have, take about half of it. */
  private static final int LARGEST = 16 << 20;

  private final StringBuilder text = new StringBuilder(HEAD);

  public StorageXml open(String element) {
    text.append('<').append(element).append('>');
    return this;
  }

  /** Opens an element with attributes, given as name, value, name, value… */
  public StorageXml openWith(String element, String... attributes) {
    text.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      text.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      text.append('"');
    }
    text.append('>');
    return this;
  }

  public StorageXml close(String element) {
    text.append("</").append(element).append('>');
    return this;
  }

  /** An element with text, or an empty element. */
  public StorageXml put(String element, String value) {
    if (value.isEmpty()) {
      text.append('<').append(element).append(" />");
      return this;
    }
    open(element);
    escape(value);
    return close(element);
  }

  /** A name; one with characters that XML cannot hold is percent-encoded and says so. */
  public StorageXml putName(String element, String name) {
    boolean plain = name.chars().allMatch(c -> c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
    if (plain) {
      return put(element, name);
    }
    openWith(element, "Encoded", "true");
    escape(URLEncoder.encode(name, UTF_8).replace("+", "%20"));
    return close(element);
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '&' -> text.append("&amp;");
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        case '"' -> text.append("&quot;");
        case '\r' -> text.append("&#xD;");
        default -> text.append(c);
      }
    }
  }

  public Response answer() {
    return Response.of(200, "application/xml", BinaryData.fromString(text.toString()));
  }

  private static String text(BinaryData body) {
    try (InputStream stream = body.toStream()) {
      byte[] bytes = stream.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new ApiException(
            413,
            "RequestBodyTooLarge",
            "The request body is too large and exceeds the maximum permissible limit.");
      }
      return new String(bytes, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static XMLStreamReader reader(String document) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    String plain = document.startsWith("\uFEFF") ? document.substring(1) : document;
    return factory.createXMLStreamReader(new StringReader(plain));
  }

  /**
   * Reads a document and hands over the text of each element that has no children, in order.
   *
   * @throws mlops.emulator.http.ApiException 400 InvalidXmlDocument
   */
  public static void leaves(BinaryData body, BiConsumer<String, String> leaf) {
    try {
      XMLStreamReader reader = reader(text(body));
      StringBuilder content = new StringBuilder();
      boolean isLeaf = false;
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamReader.START_ELEMENT -> {
            content.setLength(0);
            isLeaf = true;
          }
          case XMLStreamReader.CHARACTERS -> content.append(reader.getText());
          case XMLStreamReader.END_ELEMENT -> {
            if (isLeaf) {
              leaf.accept(reader.getLocalName(), content.toString().strip());
            }
            isLeaf = false;
          }
          default -> {
            // comments and the like say nothing
          }
        }
      }
    } catch (XMLStreamException e) {
      throw StorageErrors.invalidXml();
    }
  }
}
