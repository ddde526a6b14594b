package dev.quarry.ingest;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.Name;
import com.github.javaparser.ast.modules.ModuleDirective;
import com.github.javaparser.ast.modules.ModuleExportsDirective;
import com.github.javaparser.ast.modules.ModuleOpensDirective;
import com.github.javaparser.ast.modules.ModuleProvidesDirective;
import com.github.javaparser.ast.modules.ModuleRequiresDirective;
import com.github.javaparser.ast.modules.ModuleUsesDirective;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Found;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Sites;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What the directives of a {@code module-info.java} name, in the order of the text. Read without the compiler: a bound
 * descriptor would hide the packages of the class path from all sources.
 */
final class ModuleDescriptor {
    /** A service and a class that provides it, by their binary names; the class is empty for a service that is asked for. */
    record Service(String type, String provider, int site) {}

    /** A module or a package that a directive names. */
    record Named(NodeKind kind, String role, String name, String detail, int site) {}

    private String name = "";
    final List<Named> named = new ArrayList<>();
    final List<Service> services = new ArrayList<>();

    private ModuleDescriptor() {}

    static boolean isDescriptor(String path) {
        return path.equals("module-info.java") || path.endsWith("/module-info.java");
    }

    /** Reads a descriptor; of one with syntax errors what can be read, of one that is too long nothing. */
    static ModuleDescriptor of(String text) {
        ParserConfiguration newest = new ParserConfiguration()
                .setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_26)
                .setAttributeComments(false);
        ModuleDescriptor found = new ModuleDescriptor();
        if (TokenCount.isTooHighForSyntax(text)) {
            return found;
        }
        new JavaParser(newest)
                .parse(text)
                .getResult()
                .flatMap(CompilationUnit::getModule)
                .ifPresent(module -> {
                    found.name = module.getNameAsString();
                    module.getDirectives().forEach(found::add);
                });
        return found;
    }

    /** The module's name; empty where it cannot be read. */
    String name() {
        return name;
    }

    /** The edges from the descriptor's file to the modules and packages that it names; the consumer takes these. */
    List<Edge> edges(NodeId file, Consumer<dev.quarry.schema.Node> leaves) {
        EdgeSet edges = new EdgeSet();
        for (Named each : named) {
            String detail = each.kind() == NodeKind.MODULE ? "Java module" : "";
            Target target = Target.leaf(each.kind(), Bindings.simpleName(each.name()), each.name(), "", detail);
            leaves.accept(Objects.requireNonNull(target.leaf()));
            edges.add(EdgeKind.IMPORTS, each.role(), target.id(), Found.COMPILER, each.site(), each.detail());
        }
        List<Edge> all = new ArrayList<>();
        edges.emit(file, all);
        return all;
    }

    private void add(ModuleDirective directive) {
        switch (directive) {
            case ModuleRequiresDirective requires -> {
                String detail = requires.getModifiers().stream()
                        .map(modifier -> modifier.getKeyword().asString())
                        .collect(Collectors.joining(" "));
                name(NodeKind.MODULE, "module", requires.getName(), detail);
            }
            case ModuleExportsDirective exports ->
                name(NodeKind.PACKAGE, "exports", exports.getName(), to(exports.getModuleNames()));
            case ModuleOpensDirective opens ->
                name(NodeKind.PACKAGE, "opens", opens.getName(), to(opens.getModuleNames()));
            case ModuleUsesDirective uses ->
                services.add(new Service(binaryName(uses.getName()), "", site(uses.getName())));
            case ModuleProvidesDirective provides -> {
                for (Name provider : provides.getWith()) {
                    services.add(new Service(binaryName(provides.getName()), binaryName(provider), site(provider)));
                }
            }
            default -> {
                // no other directive exists
            }
        }
    }

    private void name(NodeKind kind, String role, Name name, String detail) {
        named.add(new Named(kind, role, name.asString(), detail, site(name)));
    }

    private static String to(List<Name> modules) {
        return modules.isEmpty()
                ? ""
                : "to " + modules.stream().map(Name::asString).collect(Collectors.joining(", "));
    }

    private static String binaryName(Name name) {
        return ImportMap.binaryName(name.asString().split("\\.", -1));
    }

    private static int site(Node node) {
        return node.getBegin()
                .map(place -> Sites.pack(place.line, place.column))
                .orElse(0);
    }
}
