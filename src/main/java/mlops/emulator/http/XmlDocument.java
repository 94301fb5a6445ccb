package mlops.emulator.http;

import com.azure.core.util.BinaryData;
import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** An XML document as storage answers it, written from its root element down. */
public final class XmlDocument {
  /** The JDK's writer tells an encoding to streams only, and storage begins with the mark. */
  private static final String HEAD = "\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?>";

  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter writer;

  /** What the writer is asked to do. It writes to memory, where nothing can fail. */
  private interface Step {
    void run() throws XMLStreamException;
  }

  public XmlDocument() {
    text.write(HEAD);
    try {
      writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
    } catch (XMLStreamException e) {
      throw new IllegalStateException("this Java runtime writes no XML", e);
    }
  }

  /** Opens an element; attributes are given as name, value, name, value… */
  public XmlDocument open(String element, String... attributes) {
    return write(
        () -> {
          writer.writeStartElement(element);
          for (int i = 0; i < attributes.length; i += 2) {
            writer.writeAttribute(attributes[i], attributes[i + 1]);
          }
        });
  }

  /** Closes the element that was opened last. */
  public XmlDocument close() {
    return write(writer::writeEndElement);
  }

  /** An element with text, or an empty element. */
  public XmlDocument put(String element, String value) {
    return value.isEmpty()
        ? write(() -> writer.writeEmptyElement(element))
        : open(element).text(value).close();
  }

  /** A name; one with characters that XML cannot hold is percent-encoded and says so. */
  public XmlDocument putName(String element, String name) {
    boolean plain = name.chars().allMatch(c -> c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
    return plain
        ? put(element, name)
        : open(element, "Encoded", "true").text(Urls.encode(name)).close();
  }

  /** A reader takes a carriage return for a line feed unless it is written as a reference. */
  private XmlDocument text(String value) {
    return write(
        () -> {
          String[] lines = value.split("\r", -1);
          writer.writeCharacters(lines[0]);
          for (int i = 1; i < lines.length; i++) {
            writer.writeEntityRef("#xD");
            writer.writeCharacters(lines[i]);
          }
        });
  }

  /** Answers with the document, whose open elements end here. */
  public Response answer(int status) {
    write(
        () -> {
          writer.writeEndDocument();
          writer.flush();
        });
    return Response.of(status, "application/xml", BinaryData.fromString(text.toString()));
  }

  private XmlDocument write(Step step) {
    try {
      step.run();
      return this;
    } catch (XMLStreamException e) {
      throw new IllegalStateException("XML cannot be written", e);
    }
  }
}
