package dev.quarry.ingest;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads mappers of MyBatis: first all files, then the statements, because a fragment may stand in another file.
 *
 * <p>Document types and external entities are not looked at. What is no XML gives no statements.
 */
final class MapperXml {
    private static final Set<String> VERBS = Set.of("select", "insert", "update", "delete");
    private static final int DEPTH_MAX = 64;
    private static final int SQL_CHARS_MAX = 64 << 10;
    private final Map<String, Part> fragments = new HashMap<>();
    private final Map<String, String> resultMaps = new HashMap<>();
    private final List<Part> parts = new ArrayList<>();

    /** An element, its texts and child elements in order. */
    private record Part(
            String namespace, String tag, Map<String, String> attributes, List<Object> content, String place) {
        String attribute(String name) {
            return attributes.getOrDefault(name, "");
        }
    }

    /** Takes one file. */
    void read(ResourceFile file) {
        try {
            XMLStreamReader reader = HardenedXml.FACTORY.createXMLStreamReader(new StringReader(file.text()));
            String namespace = "";
            while (reader.hasNext()) {
                if (reader.next() != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                if (reader.getLocalName().equals("mapper")) {
                    String given = reader.getAttributeValue(null, "namespace");
                    namespace = given == null ? "" : given;
                } else {
                    keep(part(reader, namespace, file.path(), 0));
                }
            }
        } catch (XMLStreamException _) {
            // what was read up to the fault stays; a mapper that MyBatis refuses is none
        }
    }

    private void keep(Part part) {
        String name = part.namespace() + "." + part.attribute("id");
        if (VERBS.contains(part.tag())) {
            parts.add(part);
        } else if (part.tag().equals("sql")) {
            fragments.put(name, part);
        } else if (part.tag().equals("resultMap")) {
            resultMaps.put(name, part.attribute("type"));
        }
    }

    private static Part part(XMLStreamReader reader, String namespace, String path, int depth)
            throws XMLStreamException {
        if (depth > DEPTH_MAX) {
            throw new XMLStreamException("elements lie deeper than " + DEPTH_MAX);
        }
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        String place = path + ":" + reader.getLocation().getLineNumber();
        Part part = new Part(namespace, reader.getLocalName(), attributes, new ArrayList<>(), place);
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> part.content().add(part(reader, namespace, path, depth + 1));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                    part.content().add(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    return part;
                }
                default -> {
                    // comments and the like say nothing
                }
            }
        }
        return part;
    }

    /** The statements of all files taken. */
    List<MapperStatement> statements() {
        List<MapperStatement> all = new ArrayList<>();
        for (Part part : parts) {
            StringBuilder sql = new StringBuilder();
            append(part, sql, new HashSet<>());
            String map = part.attribute("resultMap");
            String type = map.isEmpty()
                    ? part.attribute("resultType")
                    : resultMaps.getOrDefault(qualified(part.namespace(), map), "");
            all.add(new MapperStatement(
                    part.namespace(),
                    part.attribute("id"),
                    part.tag(),
                    type,
                    sql.toString().strip().replaceAll("\\s+", " "),
                    part.place()));
        }
        return all;
    }

    private static String qualified(String namespace, String name) {
        return name.indexOf('.') < 0 ? namespace + "." + name : name;
    }

    /** The text of all branches; a fragment that includes itself ends there. */
    private void append(Part part, StringBuilder sql, Set<String> open) {
        for (Object each : part.content()) {
            if (sql.length() > SQL_CHARS_MAX) {
                return;
            }
            if (each instanceof String text) {
                sql.append(text);
            } else if (each instanceof Part child) {
                child(child, sql, open);
            }
        }
    }

    private void child(Part child, StringBuilder sql, Set<String> open) {
        sql.append(' ').append(child.attribute("prefix")).append(' ');
        switch (child.tag()) {
            case "include" -> {
                String name = qualified(child.namespace(), child.attribute("refid"));
                Part fragment = fragments.get(name);
                if (fragment != null && open.add(name)) {
                    append(fragment, sql, open);
                    open.remove(name);
                }
            }
            case "selectKey", "bind" -> {
                // a statement of its own, or none
            }
            default -> append(child, sql, open);
        }
        sql.append(' ');
    }
}
