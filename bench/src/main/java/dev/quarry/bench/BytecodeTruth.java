package dev.quarry.bench;

import dev.quarry.bench.ClassHeader.Enclosing;
import dev.quarry.bench.CodeUses.Body;
import dev.quarry.bench.CodeUses.Use;
import dev.quarry.bench.Truth.Kind;
import java.io.IOException;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The calls and field accesses that the source of some class files must hold.
 *
 * <p>Code that the compiler moved is led back to where it is written: bodies of lambdas and of accessors to the methods
 * that refer to them, bodies of anonymous classes to the method around them or to what creates them.
 */
final class BytecodeTruth {
    /** From this class file version on, strings are concatenated by an instruction of their own, as a rule. */
    private static final int JAVA_9 = 53;

    /** A method; {@code appends} where strings are concatenated by calls of a builder's methods. */
    private record Physical(ClassHeader owner, MethodModel model, boolean appends) {
        boolean synthetic() {
            return (model.flags().flagsMask() & (ClassFile.ACC_SYNTHETIC | ClassFile.ACC_BRIDGE)) != 0;
        }

        /** The compiler gives each enum {@code values} and {@code valueOf}. */
        boolean isOfEveryEnum() {
            String name = model.methodName().stringValue();
            String type = model.methodType().stringValue();
            return owner.has(ClassFile.ACC_ENUM)
                    && model.flags().has(java.lang.reflect.AccessFlag.STATIC)
                    && ((name.equals("values") && type.startsWith("()"))
                            || (name.equals("valueOf") && type.startsWith("(Ljava/lang/String;)")));
        }
    }

    private final ClassPool pool;
    private final Map<String, ClassModel> classes;
    private final Map<String, Physical> methods = new LinkedHashMap<>();
    private final Map<String, Body> bodies = new HashMap<>();
    private final Map<String, Set<String>> referrers = new HashMap<>();
    private final Map<String, Set<String>> creators = new HashMap<>();

    BytecodeTruth(Map<String, ClassModel> classes, ClassPool pool) throws IOException {
        this.pool = pool;
        this.classes = classes;
        boolean allAppend = classes.values().stream().noneMatch(BytecodeTruth::linksConcatenation);
        for (ClassModel type : classes.values()) {
            ClassHeader owner = new ClassHeader(type);
            for (MethodModel method : type.methods()) {
                methods.put(
                        CodeUses.key(
                                owner.name,
                                method.methodName().stringValue(),
                                method.methodType().stringValue()),
                        new Physical(owner, method, allAppend || type.majorVersion() < JAVA_9));
            }
        }
        methods.forEach(this::scan);
    }

    /**
     * A class that concatenates strings has the factory link a call; a compiler can be told to append to builders
     * instead.
     */
    private static boolean linksConcatenation(ClassModel type) {
        for (PoolEntry entry : type.constantPool()) {
            if (entry instanceof InvokeDynamicEntry dynamic
                    && dynamic.bootstrap()
                            .bootstrapMethod()
                            .reference()
                            .owner()
                            .asInternalName()
                            .equals("java/lang/invoke/StringConcatFactory")) {
                return true;
            }
        }
        return false;
    }

    private void scan(String key, Physical method) {
        MethodCode code = new MethodCode(method.owner(), method.model(), method.appends());
        Body body = new CodeUses(code, pool, this::isInlined, this::isCompilerField).body();
        body.fields().addAll(constants(method.model()));
        bodies.put(key, body);
        body.inlined()
                .forEach(target -> referrers
                        .computeIfAbsent(target, _ -> new LinkedHashSet<>())
                        .add(key));
        for (String type : code.created()) {
            ClassHeader made = classes.containsKey(type) ? pool.find(type) : null;
            if (made != null && made.isAnonymous()) {
                creators.computeIfAbsent(type, _ -> new LinkedHashSet<>()).add(key);
            }
        }
    }

    /** Bridges are called by nobody's source; other synthetic methods hold code that was written elsewhere. */
    private boolean isInlined(String key) {
        Physical method = methods.get(key);
        return method != null && method.synthetic() && (method.model().flags().flagsMask() & ClassFile.ACC_BRIDGE) == 0;
    }

    private boolean isCompilerField(String owner, String name) {
        ClassModel type = classes.get(owner);
        return type != null
                && ((type.flags().flagsMask() & ClassFile.ACC_SYNTHETIC) != 0
                        || type.fields().stream()
                                .anyMatch(field -> field.fieldName().equalsString(name)
                                        && (field.flags().flagsMask() & ClassFile.ACC_SYNTHETIC) != 0));
    }

    /** Who calls whom. */
    Truth calls() {
        return members(Body::calls);
    }

    /** Who reads or writes which field. */
    Truth fields() {
        Truth truth = members(Body::fields);
        for (ClassModel type : classes.values()) {
            String owner = type.thisClass().asInternalName();
            constants(type).forEach(use -> add(ClassNames.binary(owner), use, truth));
            type.fields()
                    .forEach(field -> constants(field)
                            .forEach(use ->
                                    add(pool.field(owner, field.fieldName().stringValue()), use, truth)));
        }
        return truth;
    }

    private static void add(String from, Use use, Truth truth) {
        truth.add(from, use.targets(), use.required(), use.kinds());
    }

    private List<Use> constants(AttributedElement declaration) {
        return AnnotationConstants.of(declaration).stream()
                .map(each -> pool.field(each.owner(), each.name()))
                .map(field -> new Use(List.of(field), true, EnumSet.of(Kind.READ)))
                .toList();
    }

    private Truth members(Function<Body, List<Use>> part) {
        Truth truth = new Truth();
        methods.forEach((key, method) -> {
            if (method.synthetic() || method.owner().has(ClassFile.ACC_SYNTHETIC) || method.isOfEveryEnum()) {
                return;
            }
            List<Use> uses = new ArrayList<>();
            collect(key, part, false, uses, new HashSet<>());
            if (uses.isEmpty()) {
                return;
            }
            for (String caller : writtenIn(key, new HashSet<>())) {
                uses.forEach(use -> add(caller, use, truth));
            }
        });
        return truth;
    }

    private void collect(
            String key, Function<Body, List<Use>> part, boolean inLambda, List<Use> into, Set<String> seen) {
        Body body = bodies.get(key);
        if (body == null || !seen.add(key)) {
            return;
        }
        boolean lambda = inLambda || key.contains(".lambda$");
        for (Use use : part.apply(body)) {
            Set<Kind> kinds = EnumSet.copyOf(use.kinds());
            if (lambda) {
                kinds.add(Kind.LAMBDA_BODY);
            }
            into.add(new Use(use.targets(), use.required(), kinds));
        }
        body.inlined().forEach(target -> collect(target, part, lambda, into, seen));
    }

    /** The names of the methods whose source holds this method's code. */
    private Set<String> writtenIn(String key, Set<String> seen) {
        Physical method = methods.get(key);
        Set<String> hosts = new TreeSet<>();
        if (method == null || !seen.add(key)) {
            return hosts;
        }
        if (method.synthetic()) {
            referrers.getOrDefault(key, Set.of()).forEach(referrer -> hosts.addAll(writtenIn(referrer, seen)));
            return hosts;
        }
        ClassHeader owner = around(method.owner());
        if (!owner.isAnonymous()) {
            MethodModel model = method.model();
            return Set.of(pool.method(owner.name, model.methodName().stringValue(), model.methodTypeSymbol())
                    .getFirst());
        }
        String around = around(owner.enclosing);
        if (around != null && methods.containsKey(around)) {
            return writtenIn(around, seen);
        }
        for (String creator : creators.getOrDefault(owner.name, Set.of())) {
            Physical other = methods.get(creator);
            if (other != null && !other.owner().name.equals(owner.name)) {
                hosts.addAll(writtenIn(creator, seen));
            }
        }
        return hosts;
    }

    /** The anonymous class around a class, if there is one; the class itself if not. */
    private ClassHeader around(ClassHeader type) {
        for (int end = type.name.length(); end > 0; end = type.name.lastIndexOf('$', end - 1)) {
            ClassHeader outer = pool.find(type.name.substring(0, end));
            if (outer != null && outer.isAnonymous()) {
                return outer;
            }
        }
        return type;
    }

    private static @Nullable String around(@Nullable Enclosing place) {
        return place == null || place.type() == null
                ? null
                : CodeUses.key(place.owner(), place.method(), place.type().descriptorString());
    }
}
