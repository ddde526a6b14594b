package dev.quarry.ingest;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.AnnotationDeclaration;
import com.github.javaparser.ast.body.AnnotationMemberDeclaration;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.CompactConstructorDeclaration;
import com.github.javaparser.ast.body.ConstructorDeclaration;
import com.github.javaparser.ast.body.EnumConstantDeclaration;
import com.github.javaparser.ast.body.EnumDeclaration;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.InitializerDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.body.RecordDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.SimpleName;
import com.github.javaparser.ast.nodeTypes.NodeWithTypeParameters;
import com.github.javaparser.ast.stmt.LocalClassDeclarationStmt;
import com.github.javaparser.ast.stmt.LocalRecordDeclarationStmt;
import com.github.javaparser.ast.type.TypeParameter;
import dev.quarry.ingest.CanonicalHashes.Extent;
import dev.quarry.schema.Flags;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Span;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds the declarations in a syntax tree: types, their members, and types inside bodies. Members of anonymous classes
 * belong to the code that they stand in.
 *
 * <p>A node that does not stand where its tokens say is left out, with all below it: in the tree of a file with syntax
 * errors not every node is whole.
 */
final class DeclarationCollector {
    private static final Pattern ESCAPE = Pattern.compile("\\\\u+([0-9a-fA-F]{4})");

    private final TokenTable tokens;
    private final String fileName;
    private final List<Found> found = new ArrayList<>();

    /** A declaration before it is hashed; {@code docToken} is the token that its documentation precedes, or -1. */
    record Found(
            NodeKind kind,
            String name,
            int nameOffset,
            Span span,
            int flags,
            String declaration,
            Extent extent,
            int docToken,
            int parent) {}

    /** A collector for the file of these tokens, which is called {@code fileName}, without its extension. */
    DeclarationCollector(TokenTable tokens, String fileName) {
        this.tokens = tokens;
        this.fileName = fileName;
    }

    /** The declarations of a file, in the order of the text, each after the one that encloses it. */
    List<Found> collect(List<TypeDeclaration<?>> types) {
        for (TypeDeclaration<?> type : types) {
            type(type, -1, 0);
        }
        return found;
    }

    private void type(TypeDeclaration<?> type, int parent, int flags) {
        Extent extent = extent(type);
        NodeKind kind = kind(type);
        boolean nested = parent >= 0;
        NodeKind owner = nested ? found.get(parent).kind() : kind;
        if (type instanceof ClassOrInterfaceDeclaration declaration && declaration.isCompact()) {
            implicitClass(declaration, extent);
            return;
        }
        if (!isSound(extent, type.getName(), parent)) {
            types(type.getMembers(), parent);
            return;
        }
        int allFlags = DeclarationFlags.ofType(type, kind, nested, owner) | flags;
        String head = DeclarationHead.of(tokens, extent.first(), extent.last());
        int self = add(kind, plain(type.getNameAsString()), type.getName(), extent, allFlags, head, parent);
        if (type instanceof NodeWithTypeParameters<?> generic) {
            typeParameters(generic, self);
        }
        if (type instanceof RecordDeclaration declaration) {
            declaration.getParameters().forEach(component -> component(component, self));
        }
        if (type instanceof EnumDeclaration declaration) {
            declaration.getEntries().forEach(constant -> constant(constant, self));
        }
        type.getMembers().forEach(member -> member(member, self));
    }

    /** The class around the members of a compact source file, named after the file. */
    private void implicitClass(ClassOrInterfaceDeclaration type, Extent extent) {
        if (extent.first() < 0 || !isInside(extent, -1)) {
            return;
        }
        int self = found.size();
        found.add(new Found(
                NodeKind.CLASS,
                fileName,
                tokens.start(extent.first()),
                span(extent.first(), extent.last()),
                Modifier.FINAL,
                "class " + fileName,
                extent,
                -1,
                -1));
        type.getMembers().forEach(member -> member(member, self));
    }

    private void types(List<BodyDeclaration<?>> members, int parent) {
        for (BodyDeclaration<?> member : members) {
            if (member instanceof TypeDeclaration<?> type) {
                type(type, parent, 0);
            }
        }
    }

    private static NodeKind kind(TypeDeclaration<?> type) {
        return switch (type) {
            case EnumDeclaration _ -> NodeKind.ENUM;
            case RecordDeclaration _ -> NodeKind.RECORD;
            case AnnotationDeclaration _ -> NodeKind.ANNOTATION;
            case ClassOrInterfaceDeclaration declaration ->
                declaration.isInterface() ? NodeKind.INTERFACE : NodeKind.CLASS;
            default -> NodeKind.CLASS;
        };
    }

    private void member(BodyDeclaration<?> member, int parent) {
        NodeKind owner = found.get(parent).kind();
        switch (member) {
            case TypeDeclaration<?> type -> type(type, parent, 0);
            case MethodDeclaration method ->
                callable(
                        method,
                        NodeKind.METHOD,
                        plain(method.getNameAsString()),
                        method.getName(),
                        DeclarationFlags.ofMethod(method, owner),
                        parent);
            case ConstructorDeclaration constructor ->
                callable(
                        constructor,
                        NodeKind.CONSTRUCTOR,
                        "<init>",
                        constructor.getName(),
                        DeclarationFlags.ofConstructor(constructor, owner),
                        parent);
            case CompactConstructorDeclaration constructor ->
                callable(
                        constructor,
                        NodeKind.CONSTRUCTOR,
                        "<init>",
                        constructor.getName(),
                        DeclarationFlags.ofConstructor(constructor, owner),
                        parent);
            case AnnotationMemberDeclaration value -> annotationMember(value, parent);
            case FieldDeclaration field -> field(field, parent);
            case InitializerDeclaration initializer -> initializer(initializer, parent);
            default -> localTypes(member, extent(member), parent);
        }
    }

    private void callable(BodyDeclaration<?> node, NodeKind kind, String name, SimpleName at, int flags, int parent) {
        Extent extent = extent(node);
        if (isSound(extent, at, parent)) {
            String head = DeclarationHead.of(tokens, extent.first(), extent.last());
            int self = add(kind, name, at, extent, flags, head, parent);
            if (node instanceof NodeWithTypeParameters<?> generic) {
                typeParameters(generic, self);
            }
            localTypes(node, extent, self);
        }
    }

    private void annotationMember(AnnotationMemberDeclaration member, int parent) {
        Extent extent = extent(member);
        if (isSound(extent, member.getName(), parent)) {
            String head = DeclarationHead.ofAnnotationMember(tokens, extent.first(), extent.last());
            int flags = DeclarationFlags.ofAnnotationMember(member);
            add(NodeKind.METHOD, plain(member.getNameAsString()), member.getName(), extent, flags, head, parent);
        }
    }

    private void initializer(InitializerDeclaration initializer, int parent) {
        Extent extent = extent(initializer);
        if (initializer.isStatic() && extent.first() >= 0 && isInside(extent, parent)) {
            int offset = tokens.start(extent.first());
            Span span = span(extent.first(), extent.last());
            found.add(new Found(
                    NodeKind.INITIALIZER,
                    "<clinit>",
                    offset,
                    span,
                    Modifier.STATIC,
                    "static",
                    extent,
                    extent.first(),
                    parent));
            localTypes(initializer, extent, found.size() - 1);
        } else {
            localTypes(initializer, extent, parent);
        }
    }

    private void field(FieldDeclaration field, int parent) {
        Extent whole = extent(field);
        int flags = DeclarationFlags.ofField(field, found.get(parent).kind());
        int prefixEnd = -1;
        for (VariableDeclarator variable : field.getVariables()) {
            Extent own = extent(variable);
            prefixEnd = prefixEnd < 0 ? own.first() : prefixEnd;
            Extent extent = new Extent(whole.first(), prefixEnd, own.first(), own.last());
            if (whole.first() < 0 || prefixEnd < whole.first() || !isSound(extent, variable.getName(), parent)) {
                return;
            }
            String head = DeclarationHead.ofVariable(tokens, whole.first(), prefixEnd - 1, own.first(), own.last());
            found.add(new Found(
                    NodeKind.FIELD,
                    plain(variable.getNameAsString()),
                    offset(variable.getName()),
                    span(whole.first(), whole.last()),
                    flags,
                    head,
                    extent,
                    whole.first(),
                    parent));
            localTypes(variable, own, found.size() - 1);
        }
    }

    private void constant(EnumConstantDeclaration constant, int parent) {
        Extent extent = extent(constant);
        if (isSound(extent, constant.getName(), parent)) {
            String name = plain(constant.getNameAsString());
            int flags = DeclarationFlags.ENUM_CONSTANT | DeclarationFlags.deprecation(constant);
            int self = add(NodeKind.ENUM_CONSTANT, name, constant.getName(), extent, flags, name, parent);
            localTypes(constant, extent, self);
        }
    }

    private void component(Parameter component, int parent) {
        Extent extent = extent(component);
        if (isSound(extent, component.getName(), parent)) {
            int flags = DeclarationFlags.RECORD_COMPONENT | DeclarationFlags.deprecation(component);
            String head = DeclarationHead.of(tokens, extent.first(), extent.last());
            add(
                    NodeKind.RECORD_COMPONENT,
                    plain(component.getNameAsString()),
                    component.getName(),
                    extent,
                    flags,
                    head,
                    parent);
        }
    }

    private void typeParameters(NodeWithTypeParameters<?> generic, int parent) {
        for (TypeParameter parameter : generic.getTypeParameters()) {
            Extent extent = extent(parameter);
            if (isSound(extent, parameter.getName(), parent)) {
                String head = DeclarationHead.of(tokens, extent.first(), extent.last());
                add(
                        NodeKind.TYPE_PARAMETER,
                        plain(parameter.getNameAsString()),
                        parameter.getName(),
                        extent,
                        0,
                        head,
                        parent);
            }
        }
    }

    /** The types declared in the code below a node; the tree is walked only where its tokens speak of types. */
    private void localTypes(Node code, Extent extent, int parent) {
        if (extent.first() < 0 || !mayDeclareTypes(extent)) {
            return;
        }
        Deque<Node> open = new ArrayDeque<>();
        open.push(code);
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (node instanceof LocalClassDeclarationStmt local) {
                type(local.getClassDeclaration(), parent, Flags.LOCAL);
            } else if (node instanceof LocalRecordDeclarationStmt local) {
                type(local.getRecordDeclaration(), parent, Flags.LOCAL);
            } else {
                List<Node> children = new ArrayList<>(node.getChildNodes());
                children.sort(Collections.reverseOrder(Node.NODE_BY_BEGIN_POSITION));
                children.forEach(open::push);
            }
        }
    }

    private boolean mayDeclareTypes(Extent extent) {
        for (int token = extent.first() + 1; token <= extent.last(); token++) {
            boolean named = switch (tokens.text(token)) {
                case "class", "interface", "enum", "record" -> !tokens.is(token - 1, ".");
                default -> false;
            };
            if (named) {
                return true;
            }
        }
        return false;
    }

    private int add(NodeKind kind, String name, SimpleName at, Extent extent, int flags, String head, int parent) {
        Span span = span(extent.first(), extent.last());
        found.add(new Found(kind, name, offset(at), span, flags, head, extent, extent.first(), parent));
        return found.size() - 1;
    }

    private Extent extent(Node node) {
        return node.getTokenRange()
                .map(range -> Extent.of(tokens.indexOf(range.getBegin()), tokens.indexOf(range.getEnd())))
                .orElse(Extent.of(-1, -1));
    }

    private boolean isSound(Extent extent, SimpleName name, int parent) {
        int at = name.getTokenRange()
                .map(range -> tokens.indexOf(range.getBegin()))
                .orElse(-1);
        return extent.first() >= 0 && extent.first() <= at && at <= extent.last() && isInside(extent, parent);
    }

    /** Whether an extent lies within its parent's and behind what was found before it at the same level. */
    private boolean isInside(Extent extent, int parent) {
        if (extent.last() < extent.first()) {
            return false;
        }
        if (parent >= 0) {
            Extent outer = found.get(parent).extent();
            if (extent.first() < outer.first() || extent.last() > outer.last()) {
                return false;
            }
        }
        for (int i = found.size() - 1; i > parent; i--) {
            if (found.get(i).parent() == parent) {
                return found.get(i).extent().last() < extent.first();
            }
        }
        return true;
    }

    private int offset(SimpleName name) {
        return tokens.start(tokens.indexOf(name.getTokenRange().orElseThrow().getBegin()));
    }

    /** A name with its Unicode escapes replaced. */
    private static String plain(String name) {
        if (name.indexOf('\\') < 0) {
            return name;
        }
        return ESCAPE.matcher(name).replaceAll(match -> Character.toString(Integer.parseInt(match.group(1), 16)));
    }

    private Span span(int first, int last) {
        int start = tokens.start(first);
        int end = tokens.end(last);
        int doc = tokens.docStart(first);
        return new Span(doc < 0 ? start : doc, start, end, tokens.line(start), tokens.line(end - 1));
    }
}
