package io.headwater.command.platform.web.body;

import java.io.ByteArrayInputStream;
import java.util.MissingResourceException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// XML as the tree that its elements are: `<lead id="7"><email>a@b</email></lead>` is `{"lead":
/// {"@id": "7", "email": "a@b"}}`. Elements that repeat become an array, text beside elements or
/// attributes stands under `#text`; prefixes are dropped. A document type is refused, so there are
/// no entities but XML's own five.
///
/// source: XML 1.0; OWASP, "XML External Entity Prevention"
final class XmlBody {

    static final int MAX_NODES = 20_000;
    private static final String TEXT = "#text";

    private final XMLStreamReader in;
    private int nodes;

    private XmlBody(XMLStreamReader in) {
        this.in = in;
    }

    /// @param charset null: as the document says, else UTF-8
    static ObjectNode parse(byte[] bytes, @Nullable String charset) {
        try {
            var in = factory().createXMLStreamReader(new ByteArrayInputStream(bytes), charset);
            var body = new XmlBody(in);
            while (in.next() != XMLStreamConstants.START_ELEMENT) {
                requireNoDoctype(in.getEventType());
            }
            ObjectNode root = JsonNodeFactory.instance.objectNode();
            root.set(in.getLocalName(), body.element(1));
            while (in.hasNext()) {
                requireNoDoctype(in.next());
            }
            return root;
        } catch (XMLStreamException broken) {
            var at = broken.getLocation();
            throw new UnreadableBodyException(
                    at == null
                            ? "the XML is broken"
                            : "the XML is broken at line %d, column %d"
                                    .formatted(at.getLineNumber(), at.getColumnNumber()));
        } catch (MissingResourceException untold) {
            // the JDK's parser lacks the message of some of its complaints about document types
            throw new UnreadableBodyException("the XML is broken");
        }
    }

    /// Not thread-safe while it is configured, and cheap: one per body.
    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private static void requireNoDoctype(int event) {
        if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw new UnreadableBodyException(
                    "the XML has a document type or an entity of its own");
        }
    }

    /// From its start tag; leaves the reader at its end tag.
    private JsonNode element(int depth) throws XMLStreamException {
        if (depth > Json.MAX_DEPTH) {
            throw new UnreadableBodyException("the XML is nested too deep");
        }
        count();
        ObjectNode members = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < in.getAttributeCount(); i++) {
            count();
            members.put("@" + in.getAttributeLocalName(i), in.getAttributeValue(i));
        }
        var text = new StringBuilder();
        while (true) {
            int event = in.next();
            requireNoDoctype(event);
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> {
                    String name = in.getLocalName();
                    add(members, name, element(depth + 1));
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                        text.append(in.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    return value(members, text.toString());
                }
                default -> {
                    // comments and instructions say nothing about a lead
                }
            }
        }
    }

    private static JsonNode value(ObjectNode members, String text) {
        if (members.isEmpty()) {
            return JsonNodeFactory.instance.stringNode(text);
        }
        if (!text.isBlank()) {
            members.put(TEXT, text.strip());
        }
        return members;
    }

    private static void add(ObjectNode members, String name, JsonNode value) {
        JsonNode earlier = members.get(name);
        if (earlier == null) {
            members.set(name, value);
        } else if (earlier instanceof ArrayNode several) {
            several.add(value);
        } else {
            members.putArray(name).add(earlier).add(value);
        }
    }

    private void count() {
        if (++nodes > MAX_NODES) {
            throw new UnreadableBodyException("the XML has too many elements");
        }
    }
}
