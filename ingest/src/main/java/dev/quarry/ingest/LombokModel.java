package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.internal.compiler.ASTVisitor;
import org.eclipse.jdt.internal.compiler.CompilationResult;
import org.eclipse.jdt.internal.compiler.ast.ASTNode;
import org.eclipse.jdt.internal.compiler.ast.AbstractMethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.Annotation;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.ast.ConstructorDeclaration;
import org.eclipse.jdt.internal.compiler.ast.FieldDeclaration;
import org.eclipse.jdt.internal.compiler.ast.LocalDeclaration;
import org.eclipse.jdt.internal.compiler.ast.QualifiedTypeReference;
import org.eclipse.jdt.internal.compiler.ast.SingleTypeReference;
import org.eclipse.jdt.internal.compiler.ast.SuperReference;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.batch.CompilationUnit;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Adds to parsed files the members that Lombok would add, before any name is bound; nothing of Lombok runs.
 *
 * <p>The members are declarations without bodies that lie at their annotation. For one run, in one thread.
 */
final class LombokModel {
    private static final char[] VAR = {'v', 'a', 'r'};
    private static final Set<String> INFERRED = Set.of("lombok.val", "lombok.var", "lombok.experimental.var");

    private final LombokConfig.Folders folders;
    private final IdentityHashMap<ASTNode, LombokStub> generated = new IdentityHashMap<>();
    private final Map<String, List<String>> delegates = new HashMap<>();

    LombokModel(LombokConfig.Folders folders) {
        this.folders = folders;
    }

    /** What a declaration was made from, once; null for those that are written. */
    @Nullable
    LombokStub take(ASTNode declaration) {
        return generated.isEmpty() ? null : generated.remove(declaration);
    }

    /** Adds the members of all types of a file. */
    void expand(EcjUnit unit, CompilationUnitDeclaration tree, Parser parser) {
        if (tree.types == null || !unit.source().text().contains("lombok")) {
            return;
        }
        LombokNames names = new LombokNames(tree);
        LombokConfig config = folders.of(unit.source().path());
        String around = tree.currentPackage == null
                ? ""
                : CharOperation.toString(tree.currentPackage.tokens).replace('.', '/') + "/";
        for (TypeDeclaration type : tree.types) {
            noteDelegates(type, around, names);
            expand(type, names, config, parser);
        }
    }

    /** The fields, and methods without parameters, to whose types a type hands calls on; by its name in class files. */
    List<String> delegatesOf(String type) {
        return delegates.getOrDefault(type, List.of());
    }

    private void noteDelegates(TypeDeclaration type, String around, LombokNames names) {
        String name = around + new String(type.name);
        List<String> found = new ArrayList<>();
        for (FieldDeclaration field : type.fields == null ? new FieldDeclaration[0] : type.fields) {
            if (isDelegate(field.annotations, names)) {
                found.add(new String(field.name));
            }
        }
        for (AbstractMethodDeclaration each : type.methods == null ? new AbstractMethodDeclaration[0] : type.methods) {
            if (each.arguments == null && isDelegate(each.annotations, names)) {
                found.add(new String(each.selector));
            }
        }
        if (!found.isEmpty()) {
            delegates.put(name, found);
        }
        for (TypeDeclaration member : type.memberTypes == null ? new TypeDeclaration[0] : type.memberTypes) {
            noteDelegates(member, name + "$", names);
        }
    }

    private static boolean isDelegate(Annotation @Nullable [] annotations, LombokNames names) {
        return annotations != null && Arrays.stream(annotations).anyMatch(each -> "Delegate".equals(names.of(each)));
    }

    private void expand(TypeDeclaration type, LombokNames names, LombokConfig config, Parser parser) {
        if (type.memberTypes != null) {
            for (TypeDeclaration member : List.of(type.memberTypes)) {
                expand(member, names, config, parser);
            }
        }
        splice(type, LombokMembers.of(type, names, config), parser);
    }

    private void splice(TypeDeclaration type, List<LombokStub> stubs, Parser parser) {
        if (stubs.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder("class ").append(type.name).append(" {\n");
        stubs.forEach(stub -> text.append(stub.text()));
        String file = "lombok";
        CompilationUnit source = new CompilationUnit(text.append('}').toString().toCharArray(), file, "UTF-8");
        CompilationUnitDeclaration parsed = parser.dietParse(source, new CompilationResult(source, 0, 1, 1));
        if (parsed.types != null && parsed.types.length > 0 && !parsed.compilationResult.hasSyntaxError) {
            move(parsed.types[0], type, stubs);
        }
    }

    /** Moves what was parsed into the type that it is for. */
    private void move(TypeDeclaration from, TypeDeclaration to, List<LombokStub> stubs) {
        List<FieldDeclaration> fields = new ArrayList<>(to.fields == null ? List.of() : List.of(to.fields));
        List<AbstractMethodDeclaration> methods = new ArrayList<>(to.methods == null ? List.of() : List.of(to.methods));
        List<TypeDeclaration> types = new ArrayList<>(to.memberTypes == null ? List.of() : List.of(to.memberTypes));
        int field = 0;
        int type = 0;
        List<AbstractMethodDeclaration> parsed = new ArrayList<>();
        for (AbstractMethodDeclaration each : from.methods == null ? new AbstractMethodDeclaration[0] : from.methods) {
            if (!each.isDefaultConstructor() && !each.isClinit()) {
                parsed.add(each);
            }
        }
        int method = 0;
        for (LombokStub stub : stubs) {
            switch (stub.kind()) {
                case FIELD -> fields.add(note(from.fields[field++], stub));
                case METHOD, CONSTRUCTOR -> {
                    AbstractMethodDeclaration next = parsed.get(method++);
                    if (stub.kind() == LombokStub.Kind.CONSTRUCTOR) {
                        methods.removeIf(AbstractMethodDeclaration::isDefaultConstructor);
                    }
                    next.compilationResult = to.compilationResult;
                    methods.add(note(next, stub));
                }
                case TYPE -> {
                    TypeDeclaration next = from.memberTypes[type++];
                    TypeDeclaration written = find(types, next.name);
                    if (written == null) {
                        next.compilationResult = to.compilationResult;
                        next.enclosingType = to;
                        types.add(note(next, stub));
                        noteMembers(next, stub);
                    } else {
                        move(next, written, stub.members());
                    }
                }
            }
        }
        to.fields = fields.isEmpty() ? null : fields.toArray(FieldDeclaration[]::new);
        to.methods = methods.isEmpty() ? null : methods.toArray(AbstractMethodDeclaration[]::new);
        to.memberTypes = types.isEmpty() ? null : types.toArray(TypeDeclaration[]::new);
    }

    /** A generated type keeps its members, each known by its stub. */
    private void noteMembers(TypeDeclaration type, LombokStub stub) {
        FieldDeclaration[] fields = type.fields;
        AbstractMethodDeclaration[] methods = type.methods;
        type.fields = null;
        type.methods = null;
        TypeDeclaration from = new TypeDeclaration(type.compilationResult);
        from.fields = fields;
        from.methods = methods;
        move(from, type, stub.members());
        if (type.methods == null) {
            type.methods = methods;
        } else if (Arrays.stream(type.methods).noneMatch(AbstractMethodDeclaration::isConstructor) && methods != null) {
            List<AbstractMethodDeclaration> all = new ArrayList<>(List.of(type.methods));
            for (AbstractMethodDeclaration method : methods) {
                if (method.isDefaultConstructor()) {
                    method.compilationResult = type.compilationResult;
                    LombokRelocation.move(method, stub.origin());
                    all.add(method);
                }
            }
            type.methods = all.toArray(AbstractMethodDeclaration[]::new);
        }
    }

    private static @Nullable TypeDeclaration find(List<TypeDeclaration> types, char[] name) {
        for (TypeDeclaration type : types) {
            if (Arrays.equals(type.name, name)) {
                return type;
            }
        }
        return null;
    }

    /** Has generated constructors call that of the superclass: the parser of bodies is through with this class. */
    private void construct(TypeDeclaration type) {
        for (AbstractMethodDeclaration each : type.methods == null ? new AbstractMethodDeclaration[0] : type.methods) {
            if (each instanceof ConstructorDeclaration constructor
                    && constructor.constructorCall == null
                    && (generated.containsKey(each) || each.isDefaultConstructor())) {
                constructor.constructorCall = SuperReference.implicitSuperConstructorCall();
                constructor.constructorCall.sourceStart = each.sourceStart;
                constructor.constructorCall.sourceEnd = each.sourceEnd;
            }
        }
        for (TypeDeclaration member : type.memberTypes == null ? new TypeDeclaration[0] : type.memberTypes) {
            construct(member);
        }
    }

    private <T extends ASTNode> T note(T declaration, LombokStub stub) {
        Annotation origin = stub.origin();
        LombokRelocation.move(declaration, origin);
        generated.put(declaration, stub);
        return declaration;
    }

    /**
     * Reads {@code val}, also with its package, as the language's own {@code var}, and adds the members of local classes; to
     * be called once the bodies are parsed.
     */
    void expandBodies(EcjUnit unit, CompilationUnitDeclaration tree, Supplier<Parser> parsers) {
        if (!unit.source().text().contains("lombok")) {
            return;
        }
        LombokNames names = new LombokNames(tree);
        boolean values = names.imports("lombok.val");
        LombokConfig config = folders.of(unit.source().path());
        ASTVisitor visitor = new ASTVisitor() {
            @Override
            public boolean visit(LocalDeclaration local, BlockScope scope) {
                if (values && local.type instanceof SingleTypeReference type && new String(type.token).equals("val")) {
                    type.token = VAR;
                } else if (local.type instanceof QualifiedTypeReference type
                        && INFERRED.contains(CharOperation.toString(type.tokens))) {
                    local.type = new SingleTypeReference(VAR, ((long) type.sourceStart << 32) + type.sourceEnd);
                }
                return true;
            }

            @Override
            public boolean visit(TypeDeclaration local, BlockScope scope) {
                if ((local.bits & ASTNode.IsAnonymousType) == 0) {
                    expand(local, names, config, parsers.get());
                    construct(local);
                }
                return true;
            }
        };
        tree.traverse(visitor, tree.scope, false);
    }
}
