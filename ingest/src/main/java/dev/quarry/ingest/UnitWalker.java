package dev.quarry.ingest;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Found;
import dev.quarry.schema.NodeKind;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.internal.compiler.ast.ASTNode;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.ast.ImportReference;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFileConstants;
import org.eclipse.jdt.internal.compiler.lookup.Binding;
import org.eclipse.jdt.internal.compiler.lookup.FieldBinding;
import org.eclipse.jdt.internal.compiler.lookup.ImportBinding;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeConstants;
import org.jspecify.annotations.Nullable;

/** Reads a bound unit: its imports and what it declares. */
final class UnitWalker {
    private final Bindings bindings;
    private final DuplicateTypes duplicates;
    private final FrameworkModel frameworks;
    private final LombokModel lombok;
    private Optional<TreeSitter> tolerant = Optional.empty();
    private boolean tolerantAsked;

    UnitWalker(Bindings bindings, DuplicateTypes duplicates, FrameworkModel frameworks, LombokModel lombok) {
        this.lombok = lombok;
        this.bindings = bindings;
        this.duplicates = duplicates;
        this.frameworks = frameworks;
    }

    /**
     * What the unit says. Where the compiler's tree cannot be walked, what the text says by itself.
     *
     * @param crash what ended its binding early, or empty
     */
    BoundFile walk(EcjUnit unit, CompilationUnitDeclaration tree, String crash) {
        try {
            boolean broken = tree.compilationResult.hasSyntaxError;
            return walk(new FileGraph(unit, broken), tree, crash, broken);
        } catch (StackOverflowError _) {
            return outline(unit, tree, "the code is nested too deeply to be bound");
        } catch (RuntimeException | AssertionError defect) {
            return outline(unit, tree, "the compiler's tree could not be read: " + defect);
        }
    }

    private BoundFile outline(EcjUnit unit, CompilationUnitDeclaration tree, String problem) {
        unit.outlined();
        CompilationUnitDeclaration bare =
                new CompilationUnitDeclaration(tree.problemReporter, tree.compilationResult, tree.sourceEnd);
        bare.scope = tree.scope; // what the text names is found as if it were bound
        return walk(new FileGraph(unit, true), bare, problem, true);
    }

    private BoundFile walk(FileGraph graph, CompilationUnitDeclaration tree, String crash, boolean broken) {
        ImportMap imports = bindings.names().importsOf(graph.path());
        TypeUses types = new TypeUses(graph, bindings, imports);
        if (tree.imports != null) {
            for (ImportReference reference : tree.imports) {
                addImport(graph, tree, reference);
            }
        }
        if (tree.currentPackage != null) {
            types.annotations(tree.currentPackage.annotations, graph.edgesOf(graph.fileId()));
        }
        if (tree.types != null) {
            DeclarationWalker walker = new DeclarationWalker(
                    graph,
                    bindings,
                    types,
                    imports,
                    new FrameworkCollector(frameworks, graph, bindings, types, imports),
                    lombok);
            for (TypeDeclaration type : tree.types) {
                addType(graph, walker, imports, type);
            }
        }
        String packageName = broken ? addLost(graph, tree, imports) : imports.packageName();
        return graph.finish(packageName, crash, broken);
    }

    /** Adds what the compiler's parser lost of a broken file; gives the file's package. */
    private String addLost(FileGraph graph, CompilationUnitDeclaration tree, ImportMap imports) {
        if (!tolerantAsked) {
            tolerantAsked = true;
            tolerant = TreeSitter.load();
        }
        Outline outline = tolerant.flatMap(parser -> parser.read(Nesting.withoutDeepAngles(graph.text())))
                .orElse(null);
        if (outline == null) {
            return imports.packageName();
        }
        String packageName = imports.packageName().isEmpty() ? outline.packageName() : imports.packageName();
        OutlineTypes types = new OutlineTypes(tree, bindings.names(), imports);
        new OutlineMerge(graph, bindings, types, duplicates, packageName).merge(outline);
        return packageName;
    }

    private void addType(FileGraph graph, DeclarationWalker walker, ImportMap imports, TypeDeclaration type) {
        if (CharOperation.equals(type.name, TypeConstants.PACKAGE_INFO_NAME)) {
            return;
        }
        if (type.binding == null) {
            String name = imports.packageName().isEmpty()
                    ? new String(type.name)
                    : imports.packageName() + "." + new String(type.name);
            graph.problem(type.sourceStart, duplicates.explain(name, graph.path()));
            return;
        }
        walker.topLevel(type);
    }

    private void addImport(FileGraph graph, CompilationUnitDeclaration tree, ImportReference reference) {
        String[] segments = CharOperation.toStrings(reference.getImportName());
        boolean onDemand = (reference.bits & ASTNode.OnDemand) != 0;
        EdgeSet edges = graph.edgesOf(graph.fileId());
        int site = graph.site(reference.sourceStart);
        if ((reference.modifiers & ClassFileConstants.AccModule) != 0) {
            Target module = bindings.shared(NodeKind.MODULE, String.join(".", segments), "Java module");
            edges.add(EdgeKind.IMPORTS, "module", module.id(), Found.COMPILER, site, "");
            return;
        }
        Binding resolved = resolved(tree, reference);
        if (reference.isStatic()) {
            String member = onDemand ? "*" : segments[segments.length - 1];
            Target type = staticOwner(resolved, segments, onDemand);
            if (type != null) {
                edges.add(EdgeKind.IMPORTS, "static", type.id(), Found.COMPILER, site, member);
            }
        } else if (resolved instanceof ReferenceBinding type && resolved.isValidBinding()) {
            Target target = bindings.type(type, null);
            if (target != null) {
                edges.add(EdgeKind.IMPORTS, onDemand ? "wildcard" : "single", target.id(), Found.COMPILER, site, "");
            }
        } else if (onDemand) {
            String name = String.join(".", segments);
            Target target = bindings.shared(NodeKind.PACKAGE, name, JdkPackages.contains(name) ? "JDK" : "");
            edges.add(EdgeKind.IMPORTS, "wildcard", target.id(), Found.COMPILER, site, "");
        } else {
            Target target = bindings.missingType(ImportMap.binaryName(segments));
            edges.add(EdgeKind.IMPORTS, "single", target.id(), Found.SYNTAX, site, "");
        }
    }

    private @Nullable Target staticOwner(@Nullable Binding resolved, String[] segments, boolean onDemand) {
        ReferenceBinding owner = switch (resolved) {
            case MethodBinding method -> method.declaringClass;
            case FieldBinding field -> field.declaringClass;
            case ReferenceBinding type -> onDemand ? type : type.enclosingType();
            case null, default -> null;
        };
        if (owner != null && owner.isValidBinding()) {
            return bindings.type(owner, null);
        }
        int count = onDemand ? segments.length : segments.length - 1;
        return bindings.missingType(ImportMap.binaryName(Arrays.copyOf(segments, count)));
    }

    private static @Nullable Binding resolved(CompilationUnitDeclaration tree, ImportReference reference) {
        if (tree.scope == null || tree.scope.imports == null) {
            return null;
        }
        for (ImportBinding binding : tree.scope.imports) {
            if (binding != null && Identity.same(binding.reference, reference)) {
                return binding.getResolvedImport();
            }
        }
        return null;
    }
}
