package dev.quarry.ingest;

import dev.quarry.ingest.FileTrace.DeclaredType;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.internal.compiler.ast.ASTNode;
import org.eclipse.jdt.internal.compiler.ast.AbstractMethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.ast.FieldDeclaration;
import org.eclipse.jdt.internal.compiler.ast.Initializer;
import org.eclipse.jdt.internal.compiler.ast.RecordComponent;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.ast.TypeReference;
import org.eclipse.jdt.internal.compiler.impl.Constant;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.TagBits;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeVariableBinding;
import org.eclipse.jdt.internal.compiler.lookup.VariableBinding;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@link FileTrace} of a bound unit.
 *
 * <p>The compiler records the simple names that it looks up for a unit and those of the types that it meets on the way, as
 * Eclipse's incremental builder needs them; what the walk of the unit asks for besides is added.
 */
final class FileTracer {
    private static final Set<EdgeKind> BOUND_HEADS =
            EnumSet.of(EdgeKind.EXTENDS, EdgeKind.IMPLEMENTS, EdgeKind.THROWS, EdgeKind.ANNOTATED_BY);

    private final CompilationUnitDeclaration tree;
    private final MethodHeads methods;
    private final long[] methodMeanings;
    private final List<String> topLevel = new ArrayList<>();
    private final List<DeclaredType> types = new ArrayList<>();
    private final Set<Integer> references = new HashSet<>();
    private long meaning;
    private boolean opaque;
    private boolean faulty;

    private FileTracer(CompilationUnitDeclaration tree, MethodHeads methods) {
        this.tree = tree;
        this.methods = methods;
        this.methodMeanings = new long[methods.size()];
    }

    /**
     * The trace of a unit that was walked.
     *
     * @param asked the simple names of the types that the walk asked for
     * @param leaves the leaves that it asked for
     */
    static FileTrace trace(
            EcjUnit unit,
            CompilationUnitDeclaration tree,
            BoundFile bound,
            ImportMap imports,
            Set<String> asked,
            Collection<Node> leaves) {
        FileTracer tracer = new FileTracer(tree, unit.methods());
        asked.forEach(name -> tracer.references.add(name.hashCode()));
        tracer.opaque = unit.isOutlined();
        tracer.recordLookups();
        tracer.readNames(imports.packageName());
        tracer.readTypes();
        tracer.readMeaning(bound);
        return new FileTrace(
                unit.bodies(),
                tracer.methods.boundTo(tracer.methodMeanings),
                List.copyOf(tracer.topLevel),
                List.copyOf(tracer.types),
                SortedInts.of(tracer.references.stream().mapToInt(i -> i).toArray()),
                imports,
                imports.wildcards().isEmpty() ? Set.of() : DeclaredTypes.in(tree),
                GeneratedTypes.of(imports, tree.types),
                List.copyOf(leaves),
                tracer.meaning,
                tracer.opaque,
                tracer.faulty || tracer.opaque || tree.compilationResult.hasSyntaxError);
    }

    private void recordLookups() {
        if (tree.scope == null) {
            opaque = true;
            return;
        }
        try {
            tree.scope.storeDependencyInfo();
        } catch (RuntimeException | AssertionError _) {
            opaque = true; // the tree of a unit whose binding was given up
            return;
        }
        for (char[] name : tree.compilationResult.simpleNameReferences) {
            references.add(new String(name).hashCode());
        }
        for (char[] name : tree.compilationResult.rootReferences) {
            references.add(new String(name).hashCode());
        }
    }

    private void readNames(String packageName) {
        for (TypeDeclaration type : tree.types == null ? new TypeDeclaration[0] : tree.types) {
            String name = CharOperation.charToString(type.name);
            topLevel.add(packageName.isEmpty() ? name : packageName + "." + name);
        }
    }

    private void readTypes() {
        try {
            for (TypeDeclaration type : tree.types == null ? new TypeDeclaration[0] : tree.types) {
                read(type);
            }
        } catch (RuntimeException | AssertionError _) {
            opaque = true;
        }
    }

    private void read(TypeDeclaration type) {
        List<String> supertypes = new ArrayList<>();
        add(type.superclass, supertypes);
        for (TypeReference each : type.superInterfaces == null ? new TypeReference[0] : type.superInterfaces) {
            add(each, supertypes);
        }
        types.add(new DeclaredType(CharOperation.charToString(type.name), List.copyOf(supertypes)));
        if (type.binding != null) {
            long head = hash(type.binding.superclass());
            for (TypeBinding each : type.binding.superInterfaces()) {
                head = mix(head, hash(each));
            }
            for (TypeVariableBinding variable : type.binding.typeVariables()) {
                head = mix(head, hash(variable.firstBound));
            }
            meaning += mix(head, hash(type.binding));
        }
        faulty |= type.binding == null;
        for (AbstractMethodDeclaration method :
                type.methods == null ? new AbstractMethodDeclaration[0] : type.methods) {
            faulty |= isFaulty(method);
            readHead(method);
        }
        for (RecordComponent component :
                type.recordComponents == null ? new RecordComponent[0] : type.recordComponents) {
            readVariable(component.binding);
        }
        for (FieldDeclaration field : type.fields == null ? new FieldDeclaration[0] : type.fields) {
            if (!(field instanceof Initializer)) {
                readVariable(field.binding);
            }
            if (field.binding != null && field.binding.isStatic() && field.binding.isFinal()) {
                Constant constant = field.binding.constant();
                if (constant != null && !Identity.same(constant, Constant.NotAConstant)) {
                    meaning += mix(
                            String.valueOf(field.name).hashCode(),
                            constant.toString().hashCode());
                }
            }
        }
        for (TypeDeclaration member : type.memberTypes == null ? new TypeDeclaration[0] : type.memberTypes) {
            read(member);
        }
    }

    private void readVariable(@Nullable VariableBinding binding) {
        faulty |= binding == null || binding.type == null;
        if (binding != null) {
            meaning += mix(hash(binding.readableName()), hash(binding.type));
        }
    }

    /** What the types in a callable's head mean, their arguments included. */
    private void readHead(AbstractMethodDeclaration method) {
        MethodBinding binding = method.binding;
        if (binding == null) {
            return;
        }
        long head = mix(hash(binding.selector), hash(binding.returnType));
        for (TypeBinding parameter : binding.parameters) {
            head = mix(head, hash(parameter));
        }
        for (TypeVariableBinding variable : binding.typeVariables()) {
            head = mix(head, hash(variable.firstBound));
        }
        mean(methods.at(method.sourceStart), mix(head, hash(binding.declaringClass)));
    }

    /** What a type is, arguments included; one that is missing may be called as the one that it was taken for. */
    private static long hash(@Nullable TypeBinding type) {
        return type == null ? 0 : mix(hash(type.readableName()), type.tagBits & TagBits.HasMissingType);
    }

    private static long hash(char[] name) {
        return Arrays.hashCode(name);
    }

    private static boolean isFaulty(AbstractMethodDeclaration method) {
        MethodBinding binding = method.binding;
        return !method.isClinit()
                && (binding == null
                        || binding.returnType == null
                        || Arrays.stream(binding.parameters).anyMatch(Objects::isNull));
    }

    private static void add(@Nullable TypeReference reference, List<String> names) {
        if (reference != null) {
            names.add(CharOperation.charToString(reference.getLastToken()));
        }
    }

    private void readMeaning(BoundFile bound) {
        Map<NodeId, Integer> numbers = new HashMap<>();
        for (BoundFile.Declared declared : bound.declarations()) {
            int number = declared.kind() == NodeKind.METHOD ? methods.at(declared.anchor()) : -1;
            if (number >= 0) {
                numbers.put(declared.id(), number);
            }
        }
        for (BoundFile.Declared declared : bound.declarations()) {
            mean(
                    numbers.getOrDefault(declared.id(), -1),
                    mix(mix(declared.id()), mix(declared.flags(), mix(declared.owner()))));
        }
        for (Edge edge : bound.edges()) {
            boolean isInside =
                    edge.kind() == EdgeKind.ANNOTATED_BY && !edge.role().isEmpty();
            if (BOUND_HEADS.contains(edge.kind()) && !isInside) {
                long head = mix(
                        mix(mix(edge.from()), mix(edge.to())),
                        mix(edge.role().hashCode(), edge.kind().name().hashCode()));
                mean(numbers.getOrDefault(edge.from(), -1), head);
            }
        }
    }

    /** Adds to what a method means, or the file; a sum, so that the order of declarations does not matter. */
    private void mean(int method, long what) {
        if (method < 0) {
            meaning += what;
        } else {
            methodMeanings[method] += what;
        }
    }

    private static long mix(NodeId id) {
        return mix(id.high(), id.low());
    }

    /** The finalizer of a 64-bit hash (Stafford's variant 13) over both. */
    private static long mix(long one, long other) {
        long mixed = one * 0x9e3779b97f4a7c15L + other;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    /**
     * Where the outer bodies of a unit lie, as pairs of offsets between their braces; to be asked before anything is added
     * to the unit that its text does not have.
     */
    static SortedInts bodies(CompilationUnitDeclaration tree, String text) {
        if (tree.types == null || tree.compilationResult.hasSyntaxError) {
            return SortedInts.NONE;
        }
        List<int[]> found = new ArrayList<>();
        for (TypeDeclaration type : tree.types) {
            bodies(type, text, found);
        }
        found.sort((one, other) -> Integer.compare(one[0], other[0]));
        int end = 0;
        for (int[] body : found) {
            if (body[0] < end) {
                return SortedInts.NONE;
            }
            end = body[1];
        }
        return SortedInts.of(found.stream().flatMapToInt(IntStream::of).toArray());
    }

    private static void bodies(TypeDeclaration type, String text, List<int[]> found) {
        for (AbstractMethodDeclaration method :
                type.methods == null ? new AbstractMethodDeclaration[0] : type.methods) {
            if ((method.bits & ASTNode.IsDefaultConstructor) == 0) {
                body(method.bodyStart, method.bodyEnd, text, found);
            }
        }
        for (FieldDeclaration field : type.fields == null ? new FieldDeclaration[0] : type.fields) {
            if (field instanceof Initializer initializer) {
                body(initializer.bodyStart, initializer.bodyEnd, text, found);
            }
        }
        for (TypeDeclaration member : type.memberTypes == null ? new TypeDeclaration[0] : type.memberTypes) {
            bodies(member, text, found);
        }
    }

    private static void body(int start, int end, String text, List<int[]> found) {
        boolean isBraced = start > 0
                && end >= start - 1
                && end + 1 < text.length()
                && text.charAt(start - 1) == '{'
                && text.charAt(end + 1) == '}';
        if (isBraced) {
            found.add(new int[] {start, end + 1});
        }
    }
}
