package dev.quarry.ingest;

import dev.quarry.ingest.ExpressionTypes.Typed;
import dev.quarry.ingest.FunctionShapes.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.FunctionalExpression;
import org.eclipse.jdt.internal.compiler.ast.LambdaExpression;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.lookup.ArrayBinding;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.Scope;
import org.eclipse.jdt.internal.compiler.lookup.SourceTypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.TagBits;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeIds;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among overloaded methods where types are missing, by the names of these types.
 *
 * <p>The compiler takes a missing type for compatible with every other one, and then picks any of the candidates.
 */
final class Overloads {
    /**
     * What was chosen.
     *
     * @param method null where there is no candidate
     * @param certain whether the language leaves no other choice, whatever the missing types are
     */
    record Choice(@Nullable MethodBinding method, boolean certain) {}

    /** First without boxing, then with it, then with a variable number of arguments. */
    private static final int PHASES = 3;

    /** How well an argument fits a parameter. */
    private enum Fit {
        NONE,
        /** Something missing lies in between, so that it cannot be told. */
        PERHAPS,
        /** As before, but the argument's type is named after the parameter's. */
        LIKELY,
        BOXED,
        SUBTYPE,
        EXACT
    }

    private final TypeNames names;
    private final ImportMap imports;
    private final ExpressionTypes types;
    private final MissingSupertypes supertypes;
    private final SureFit sureFit;
    private final GivenArguments given;
    private final Map<Search, List<MethodBinding>> candidates = new HashMap<>();
    private final IdentityHashMap<MethodBinding, IdentityHashMap<TypeBinding, String>> parameterNames =
            new IdentityHashMap<>();

    /** What is searched for where, by many calls of a file. */
    private record Search(ReferenceBinding start, String selector, int arity) {}

    Overloads(TypeNames names, ImportMap imports, ExpressionTypes types) {
        this.names = names;
        this.imports = imports;
        this.types = types;
        this.supertypes = new MissingSupertypes(names);
        this.sureFit = new SureFit(names, imports);
        this.given = new GivenArguments(types);
    }

    /**
     * The method that a call names.
     *
     * @param start the type whose methods, inherited ones too, are the candidates
     * @param current what the compiler chose, if anything
     */
    Choice choose(
            ReferenceBinding start,
            char[] selector,
            Expression[] arguments,
            @Nullable MethodBinding current,
            @Nullable BlockScope scope) {
        List<MethodBinding> candidates = candidates(start, selector, arguments.length);
        if (selector[0] == '<' && current != null && !candidates.contains(current.original())) {
            return ofConstructors(candidates, arguments, scope);
        }
        boolean isGiven = given.all(arguments, candidates);
        boolean doubtful = !isGiven;
        for (MethodBinding candidate : candidates) {
            doubtful |= (candidate.original().tagBits & TagBits.HasMissingType) != 0;
        }
        if (candidates.size() == 1 && (current == null || !takes(current.original(), arguments.length))) {
            MethodBinding only = candidates.getFirst();
            return new Choice(only, matchesByName(only, arguments, scope));
        }
        if (candidates.size() < 2 || (!doubtful && current != null)) {
            return new Choice(current, current != null);
        }
        Choice best = best(candidates, arguments, current, scope);
        return new Choice(best.method(), best.certain() && !(isGiven && contradicts(best.method(), current)));
    }

    /** Whether the compiler chose another method that it knew all of. */
    private static boolean contradicts(@Nullable MethodBinding method, @Nullable MethodBinding compilers) {
        return compilers != null
                && !Identity.same(method, compilers.original())
                && (compilers.original().tagBits & TagBits.HasMissingType) == 0;
    }

    /** The compiler, told nothing of an argument, goes on to the constructors of superclasses: none of them is meant. */
    private Choice ofConstructors(
            List<MethodBinding> constructors, Expression[] arguments, @Nullable BlockScope scope) {
        if (constructors.size() != 1) {
            return best(constructors, arguments, null, scope);
        }
        MethodBinding only = constructors.getFirst();
        return new Choice(only, mayTake(only, arguments, false, scope) || mayTake(only, arguments, true, scope));
    }

    private boolean mayTake(MethodBinding method, Expression[] arguments, boolean spread, @Nullable BlockScope scope) {
        Fit[] fits = fits(method, arguments, spread, scope);
        return fits != null && lowest(fits, 1) != Fit.NONE;
    }

    /**
     * Whether a call that a missing type takes part in fits a method by the types' names. The compiler may have several
     * bindings of one missing type, which it takes for different types; it then rejects what fits. So it does where it does
     * not know a function's value.
     */
    boolean matchesByName(MethodBinding method, Expression[] arguments, @Nullable BlockScope scope) {
        boolean missing = (method.original().tagBits & TagBits.HasMissingType) != 0;
        for (Expression argument : arguments) {
            missing |= argument instanceof FunctionalExpression function
                    ? FunctionShapes.isUnknown(function)
                    : argument.resolvedType != null && (argument.resolvedType.tagBits & TagBits.HasMissingType) != 0;
        }
        return missing && (matches(method, arguments, false, scope) || matches(method, arguments, true, scope));
    }

    private boolean matches(MethodBinding method, Expression[] arguments, boolean spread, @Nullable BlockScope scope) {
        Fit[] fits = fits(method, arguments, spread, scope);
        return fits != null && lowest(fits, 1).compareTo(Fit.LIKELY) > 0;
    }

    private Choice best(
            List<MethodBinding> candidates,
            Expression[] arguments,
            @Nullable MethodBinding current,
            @Nullable BlockScope scope) {
        List<MethodBinding> visible = candidates.stream()
                .filter(each -> SureFit.isVisible(each, scope))
                .toList();
        List<MethodBinding> fitting = List.of();
        List<Fit[]> fits = new ArrayList<>();
        int phase = 0;
        for (; phase < PHASES && fitting.isEmpty(); phase++) {
            fitting = new ArrayList<>();
            fits.clear();
            for (MethodBinding candidate : visible.isEmpty() ? candidates : visible) {
                Fit[] fit = fits(candidate, arguments, phase == PHASES - 1, scope);
                if (fit != null && lowest(fit, phase) != Fit.NONE) {
                    fitting.add(candidate);
                    fits.add(fit);
                }
            }
        }
        if (fitting.size() == 1) {
            return new Choice(fitting.getFirst(), lowest(fits.getFirst(), 1).compareTo(Fit.LIKELY) > 0);
        }
        List<MethodBinding> left = mostSpecific(undominated(fitting, fits), arguments, scope);
        if (left.size() == 1) {
            MethodBinding only = left.getFirst();
            Fit[] fit = fits.get(fitting.indexOf(only));
            return new Choice(only, phase < PHASES && isDecided(only, fit, fitting, arguments, scope));
        }
        MethodBinding original = current == null ? null : current.original();
        for (MethodBinding method : left) {
            if (Identity.same(method, original)) {
                return new Choice(method, false);
            }
        }
        return new Choice(left.isEmpty() ? current : left.getFirst(), false);
    }

    /** Whether a method surely takes the arguments, and is more specific than all others that may. */
    private boolean isDecided(
            MethodBinding method,
            Fit[] fits,
            List<MethodBinding> fitting,
            Expression[] arguments,
            @Nullable BlockScope scope) {
        for (int i = 0; i < arguments.length; i++) {
            if (!SureFit.isSame(fitting, i)
                    && (fits[i].compareTo(Fit.LIKELY) <= 0 || !isSure(arguments[i], method, i, scope))) {
                return false;
            }
        }
        return fitting.stream()
                .allMatch(other -> Identity.same(other, method)
                        || (isMoreSpecific(method, other, arguments, scope)
                                && !isMoreSpecific(other, method, arguments, scope)));
    }

    private boolean isSure(Expression argument, MethodBinding method, int index, @Nullable BlockScope scope) {
        if (argument instanceof FunctionalExpression function) {
            boolean known = valueOf(function) == Value.SOME;
            return SureFit.isSure(function, method.original().parameters[index], known, scope);
        }
        return sureFit.isSure(types.of(argument), method, index);
    }

    private static Fit lowest(Fit[] fits, int phase) {
        Fit lowest = Fit.EXACT;
        for (Fit fit : fits) {
            Fit counted = phase == 0 && fit == Fit.BOXED ? Fit.NONE : fit;
            lowest = counted.compareTo(lowest) < 0 ? counted : lowest;
        }
        return lowest;
    }

    /** Drops each method that fits nowhere better than another one, and somewhere worse. */
    private static List<MethodBinding> undominated(List<MethodBinding> methods, List<Fit[]> fits) {
        Map<List<Fit>, Boolean> dominated = new LinkedHashMap<>(); // many overloads fit in few ways
        fits.forEach(fit -> dominated.put(List.of(fit), false));
        dominated.replaceAll((fit, _) -> dominated.keySet().stream().anyMatch(other -> dominates(other, fit)));
        List<MethodBinding> left = new ArrayList<>();
        for (int i = 0; i < methods.size(); i++) {
            if (Boolean.FALSE.equals(dominated.get(List.of(fits.get(i))))) {
                left.add(methods.get(i));
            }
        }
        return left;
    }

    private static boolean dominates(List<Fit> one, List<Fit> other) {
        boolean better = false;
        for (int i = 0; i < one.size(); i++) {
            int compared = one.get(i).compareTo(other.get(i));
            if (compared < 0) {
                return false;
            }
            better |= compared > 0;
        }
        return better;
    }

    /** The methods that are more specific than all others; all methods if there are none. */
    private List<MethodBinding> mostSpecific(
            List<MethodBinding> methods, Expression[] arguments, @Nullable BlockScope scope) {
        if (methods.size() < 2) {
            return methods;
        }
        MethodBinding winner = methods.getFirst();
        for (MethodBinding method : methods) {
            if (isMoreSpecific(method, winner, arguments, scope) && !isMoreSpecific(winner, method, arguments, scope)) {
                winner = method;
            }
        }
        List<MethodBinding> left = new ArrayList<>();
        for (MethodBinding method : methods) {
            // what is more specific than all is so than the winner: of many overloads few are looked at further
            if (isMoreSpecific(method, winner, arguments, scope)
                    && methods.stream().allMatch(other -> isMoreSpecific(method, other, arguments, scope))) {
                left.add(method);
            }
        }
        return left.isEmpty() ? methods : left;
    }

    private boolean isMoreSpecific(
            MethodBinding one, MethodBinding other, Expression[] arguments, @Nullable BlockScope scope) {
        if (Identity.same(one, other)) {
            return true;
        }
        int arity = arguments.length;
        for (int i = 0; i < arity; i++) {
            TypeBinding mine = parameter(one, i, arity);
            TypeBinding theirs = parameter(other, i, arity);
            boolean known =
                    !Bindings.isMissing(mine.leafComponentType()) && !Bindings.isMissing(theirs.leafComponentType());
            boolean narrower = known
                    ? mine.isCompatibleWith(theirs)
                    : theirs.id == TypeIds.T_JavaLangObject || nameIn(mine, one).equals(nameIn(theirs, other));
            if (!narrower && !isPreferred(arguments[i], mine, theirs, scope)) {
                return false;
            }
        }
        return true;
    }

    /** A lambda that has a value is rather for a function that gives one. */
    private boolean isPreferred(Expression argument, TypeBinding mine, TypeBinding theirs, @Nullable BlockScope scope) {
        if (!(argument instanceof LambdaExpression lambda)
                || !FunctionShapes.isTyped(lambda)
                || valueOf(lambda) != Value.SOME) {
            return false;
        }
        MethodBinding one = FunctionShapes.descriptor(mine, scope);
        MethodBinding other = FunctionShapes.descriptor(theirs, scope);
        return one != null
                && other != null
                && one.areParameterErasuresEqual(other)
                && !FunctionShapes.isVoid(one)
                && FunctionShapes.isVoid(other);
    }

    /** Whether the body of a lambda has a value, as far as the compiler or the only method of its name tells. */
    private Value valueOf(FunctionalExpression function) {
        Expression body = FunctionShapes.body(function);
        if (body == null || !(body instanceof MessageSend send)) {
            return body == null ? Value.UNKNOWN : Value.SOME;
        }
        TypeBinding result = given.isGivenUp(send) ? onlyResult(send) : send.resolvedType;
        return result == null ? Value.UNKNOWN : result.id == TypeIds.T_void ? Value.NONE : Value.SOME;
    }

    /** What the only method gives that a call can mean; null if there are several or none. */
    private @Nullable TypeBinding onlyResult(MessageSend send) {
        TypeBinding receiver = send.receiver.isImplicitThis()
                ? MethodLookup.enclosing(send.actualReceiverType, send.selector)
                : send.actualReceiverType;
        if (!GivenArguments.isBound(send.binding)
                || !(receiver instanceof ReferenceBinding start)
                || supertypes.isOpen(start)) {
            return null;
        }
        List<MethodBinding> named =
                candidates(start, send.selector, send.arguments == null ? 0 : send.arguments.length);
        return named.size() == 1 ? named.getFirst().returnType : null;
    }

    private Fit @Nullable [] fits(
            MethodBinding method, Expression[] arguments, boolean spread, @Nullable BlockScope scope) {
        int count = method.parameters.length;
        if (spread ? !method.isVarargs() || arguments.length < count - 1 : count != arguments.length) {
            return null;
        }
        Fit[] fits = new Fit[arguments.length];
        for (int i = 0; i < fits.length; i++) {
            TypeBinding parameter =
                    method.original().parameters[Math.min(i, count - 1)].erasure();
            if (spread && i >= count - 1) {
                parameter = elementOf(parameter);
            }
            fits[i] = fit(arguments[i], parameter, nameIn(parameter, method), scope);
        }
        return fits;
    }

    private static TypeBinding parameter(MethodBinding method, int index, int arity) {
        int count = method.parameters.length;
        TypeBinding type =
                method.original().parameters[Math.min(index, count - 1)].erasure();
        return count != arity && index >= count - 1 ? elementOf(type) : type;
    }

    private static TypeBinding elementOf(TypeBinding array) {
        return array instanceof ArrayBinding binding ? binding.elementsType().erasure() : array;
    }

    private Fit fit(Expression argument, TypeBinding parameter, String parameterName, @Nullable BlockScope scope) {
        boolean missingParameter = Bindings.isMissing(parameter.leafComponentType());
        if (argument instanceof FunctionalExpression functional) {
            return missingParameter ? Fit.PERHAPS : fitOfFunction(functional, parameter, scope);
        }
        Typed typed = types.of(argument);
        TypeBinding type = typed.type();
        if (type == null) {
            return Fit.PERHAPS;
        }
        if (type.id == TypeIds.T_null) {
            return parameter.isBaseType() ? Fit.NONE : Fit.SUBTYPE;
        }
        String name = names.erasedName(type, typed.context());
        if (LateLambdas.isUnknown(name)) {
            return Fit.PERHAPS;
        }
        if (name.equals(parameterName)) {
            return Fit.EXACT;
        }
        if (Bindings.isMissing(type.leafComponentType())) {
            Fit fit = missingParameter ? fitOfMissing(type, parameter) : fitOfMissingArgument(type, parameter);
            return fit == Fit.PERHAPS && isNamedAfter(name, parameterName) ? Fit.LIKELY : fit;
        }
        if (missingParameter) {
            return fitToMissing(type, parameter, parameterName);
        }
        if (scope == null) {
            return Fit.PERHAPS;
        }
        return switch (scope.parameterCompatibilityLevel(type.erasure(), parameter)) {
            case Scope.COMPATIBLE -> Fit.SUBTYPE;
            case Scope.AUTOBOX_COMPATIBLE -> Fit.BOXED;
            default -> {
                boolean isOpen = SureFit.isBounded(type) || !supertypes.of(type).isEmpty();
                yield isOpen && !isFinal(parameter) ? Fit.PERHAPS : Fit.NONE;
            }
        };
    }

    /** Whether a type's name ends with that of another one, as those of subtypes often do. */
    private static boolean isNamedAfter(String name, String other) {
        return name.endsWith(Bindings.simpleName(other));
    }

    private Fit fitOfFunction(FunctionalExpression function, TypeBinding parameter, @Nullable BlockScope scope) {
        MethodBinding method = FunctionShapes.descriptor(parameter, scope);
        return method != null && FunctionShapes.fits(function, method, valueOf(function)) ? Fit.SUBTYPE : Fit.NONE;
    }

    private static Fit fitOfMissing(TypeBinding argument, TypeBinding parameter) {
        return argument.dimensions() == parameter.dimensions() ? Fit.PERHAPS : Fit.NONE;
    }

    /** Of the known types, a missing type can only extend those of libraries. */
    private static Fit fitOfMissingArgument(TypeBinding argument, TypeBinding parameter) {
        if (parameter.id == TypeIds.T_JavaLangObject) {
            return Fit.SUBTYPE;
        }
        if (argument.dimensions() != parameter.dimensions() || isFinal(parameter)) {
            return Fit.NONE;
        }
        return parameter.leafComponentType() instanceof SourceTypeBinding ? Fit.NONE : Fit.PERHAPS;
    }

    private static boolean isFinal(TypeBinding type) {
        return !(type.leafComponentType() instanceof ReferenceBinding reference) || reference.isFinal();
    }

    /** A known type extends a missing one only if one of its supertypes is missing. */
    private Fit fitToMissing(TypeBinding argument, TypeBinding parameter, String parameterName) {
        if (argument.dimensions() != parameter.dimensions()
                || !(argument.leafComponentType().erasure() instanceof ReferenceBinding type)) {
            return Fit.NONE;
        }
        Set<String> missing = supertypes.of(type);
        String leafName = parameterName.replace("[]", "");
        return missing.contains(leafName) ? Fit.SUBTYPE : missing.isEmpty() ? Fit.NONE : Fit.PERHAPS;
    }

    private String nameIn(TypeBinding type, MethodBinding method) {
        return parameterNames
                .computeIfAbsent(method.original(), _ -> new IdentityHashMap<>())
                .computeIfAbsent(type, _ -> {
                    ImportMap context = names.contextOf(method.original().declaringClass);
                    return names.erasedName(type, context == null ? imports : context);
                });
    }

    /** The methods of a name that take so many arguments, each as the nearest type declares it. */
    private List<MethodBinding> candidates(ReferenceBinding start, char[] selector, int arity) {
        return candidates.computeIfAbsent(new Search(start, new String(selector), arity), _ -> {
            List<MethodBinding> found = new ArrayList<>();
            collect(start, selector, arity, found, new HashSet<>(), new HashSet<>());
            return List.copyOf(found);
        });
    }

    private static boolean takes(MethodBinding method, int arity) {
        int count = method.parameters.length;
        return count == arity || (method.isVarargs() && arity >= count - 1);
    }

    private void collect(
            ReferenceBinding type,
            char[] selector,
            int arity,
            List<MethodBinding> found,
            Set<String> signatures,
            Set<ReferenceBinding> seen) {
        if (Bindings.isMissing(type) || !seen.add(type)) {
            return;
        }
        for (MethodBinding method : type.getMethods(selector)) {
            MethodBinding original = method.original();
            if (takes(original, arity) && !original.isSynthetic() && signatures.add(names.signature(original))) {
                found.add(original);
            }
        }
        boolean constructor = selector[0] == '<';
        if (!constructor && type.superclass() != null) {
            collect(type.superclass(), selector, arity, found, signatures, seen);
        }
        if (!constructor) {
            for (ReferenceBinding next : type.superInterfaces()) {
                collect(next, selector, arity, found, signatures, seen);
            }
        }
    }
}
