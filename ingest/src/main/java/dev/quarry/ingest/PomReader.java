package dev.quarry.ingest;

import dev.quarry.ingest.Pom.Dependency;
import dev.quarry.ingest.Pom.Parent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads pom.xml files. Document types and external entities are not looked at. */
final class PomReader {
    private PomReader() {}

    /** The pom, or nothing where the file cannot be read or is no XML. */
    static Optional<Pom> read(Path file, MavenConfig config) {
        return parse(file).map(root -> pom(file, root, config));
    }

    /** The root of any XML file; empty where there is none. */
    static Optional<Element> parse(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader reader = HardenedXml.FACTORY.createXMLStreamReader(in);
            try {
                while (reader.hasNext()) {
                    if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                        return Optional.of(element(reader));
                    }
                }
                return Optional.empty();
            } finally {
                reader.close();
            }
        } catch (IOException | XMLStreamException _) {
            return Optional.empty();
        }
    }

    private static Element element(XMLStreamReader reader) throws XMLStreamException {
        String name = reader.getLocalName();
        List<Element> children = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> children.add(element(reader));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    return new Element(name, text.toString().strip(), children);
                }
                default -> {}
            }
        }
        return new Element(name, text.toString().strip(), children);
    }

    /** An element with its children in their order; attributes and names of spaces are left out. */
    record Element(String name, String text, List<Element> children) {
        List<Element> all(String wanted) {
            return children.stream().filter(child -> child.name.equals(wanted)).toList();
        }

        /** The children of the first child of this name. */
        List<Element> below(String wanted) {
            List<Element> found = all(wanted);
            return found.isEmpty() ? List.of() : found.getFirst().children;
        }

        String text(String wanted) {
            List<Element> found = all(wanted);
            return found.isEmpty() ? "" : found.getFirst().text;
        }

        String text(String wanted, String otherwise) {
            List<Element> found = all(wanted);
            return found.isEmpty() ? otherwise : found.getFirst().text;
        }
    }

    private static Pom pom(Path file, Element root, MavenConfig config) {
        List<Element> parents = root.all("parent");
        Parent parent = parents.isEmpty() ? Parent.NONE : parent(parents.getFirst());
        Map<String, String> properties = new HashMap<>();
        List<Dependency> dependencies = new ArrayList<>();
        List<Dependency> managed = new ArrayList<>();
        List<String> modules = new ArrayList<>();
        String level = "";
        String encoding = "";
        List<Element> parts = new ArrayList<>(PomProfiles.active(root, file.resolveSibling(""), config));
        parts.add(root);
        for (Element part : parts) {
            part.below("properties").forEach(property -> properties.putIfAbsent(property.name, property.text));
            dependencies.addAll(dependencies(part.below("dependencies")));
            part.all("dependencyManagement")
                    .forEach(management -> managed.addAll(dependencies(management.below("dependencies"))));
            modules.addAll(part.below("modules").stream().map(Element::text).toList());
            level = level.isEmpty() ? compiler(part, "release", "source") : level;
            encoding = encoding.isEmpty() ? compiler(part, "encoding") : encoding;
        }
        return new Pom(
                file,
                root.text("groupId"),
                root.text("artifactId"),
                root.text("version"),
                parent,
                root.text("packaging"),
                level,
                encoding,
                properties,
                dependencies,
                managed,
                modules);
    }

    /** What the compiler plugin is configured with: the first of these settings that is there; empty if none is. */
    private static String compiler(Element part, String... names) {
        for (Element build : part.all("build")) {
            List<Element> plugins = new ArrayList<>(build.below("plugins"));
            build.all("pluginManagement").forEach(managed -> plugins.addAll(managed.below("plugins")));
            for (Element plugin : plugins) {
                if (plugin.text("artifactId").equals("maven-compiler-plugin")) {
                    for (Element configuration : plugin.all("configuration")) {
                        return Stream.of(names)
                                .map(configuration::text)
                                .filter(value -> !value.isEmpty())
                                .findFirst()
                                .orElse("");
                    }
                }
            }
        }
        return "";
    }

    private static Parent parent(Element element) {
        return new Parent(
                element.text("groupId"),
                element.text("artifactId"),
                element.text("version"),
                element.text("relativePath", "../pom.xml"));
    }

    private static List<Dependency> dependencies(List<Element> elements) {
        List<Dependency> found = new ArrayList<>();
        for (Element element : elements) {
            Set<String> exclusions = new HashSet<>();
            for (Element exclusion : element.below("exclusions")) {
                exclusions.add(exclusion.text("groupId") + ":" + exclusion.text("artifactId"));
            }
            found.add(new Dependency(
                    element.text("groupId"),
                    element.text("artifactId"),
                    element.text("version"),
                    element.text("type"),
                    element.text("classifier"),
                    element.text("scope"),
                    element.text("optional").equals("true"),
                    exclusions));
        }
        return found;
    }
}
