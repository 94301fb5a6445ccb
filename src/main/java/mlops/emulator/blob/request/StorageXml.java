package mlops.emulator.blob.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.function.BiConsumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.ApiException;

/** The XML that clients send to storage. */
public final class StorageXml {
  /** 50,000 blocks, the most that a blob may have, take about half of it. */
  private static final int LARGEST = 16 << 20;

  private static String text(StorageRequest request) {
    try (InputStream stream = request.http().body().toStream()) {
      byte[] bytes = stream.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new ApiException(
            413,
            "RequestBodyTooLarge",
            "The request body is too large and exceeds the maximum permissible limit.");
      }
      Checksums.verify(request, bytes);
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
   * Reads the body of a request and hands over the text of each element that has no children, in
   * order.
   *
   * @throws ApiException 400 InvalidXmlDocument
   */
  public static void leaves(StorageRequest request, BiConsumer<String, String> leaf) {
    try {
      XMLStreamReader reader = reader(text(request));
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

  private StorageXml() {}
}
