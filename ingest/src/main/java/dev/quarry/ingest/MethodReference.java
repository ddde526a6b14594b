package dev.quarry.ingest;

import org.eclipse.jdt.internal.compiler.ast.ReferenceExpression;
import org.eclipse.jdt.internal.compiler.lookup.Binding;
import org.eclipse.jdt.internal.compiler.lookup.ProblemMethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ProblemReasons;
import org.eclipse.jdt.internal.compiler.lookup.Scope;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.eclipse.jdt.internal.compiler.parser.Scanner;

/**
 * A method reference that always has a method to implement once the compiler asks for one. Where a bound of the expected
 * interface is missing it would find none, fail, and leave the rest of the file unbound.
 */
final class MethodReference extends ReferenceExpression {
    MethodReference(Scanner scanner) {
        super(scanner);
    }

    /** What the compiler asks an argument for just before it compares the methods' results. */
    @Override
    public void computeConversion(Scope scope, TypeBinding expected, TypeBinding actual) {
        super.computeConversion(scope, expected, actual);
        if (descriptor == null && binding != null) {
            descriptor = new ProblemMethodBinding(binding.selector, Binding.NO_PARAMETERS, ProblemReasons.NotFound);
            descriptor.returnType = binding.returnType;
        }
    }
}
