package dev.quarry.ingest;

import org.eclipse.jdt.internal.compiler.ast.BinaryExpression;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.OperatorIds;
import org.eclipse.jdt.internal.compiler.impl.Constant;
import org.eclipse.jdt.internal.compiler.impl.StringConstant;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.jspecify.annotations.Nullable;

/**
 * An addition, of texts perhaps. It is no constant where that would be longer than class files can hold: a few lines, each
 * of which doubles the one before, would fill any memory.
 */
final class Concatenation extends BinaryExpression {
    private static final int MAX_CHARS = 65_535;

    Concatenation(BinaryExpression addition) {
        super(addition.left, addition.right, OperatorIds.PLUS);
    }

    /** Of a chain of additions only the last one keeps its text. */
    @Override
    public void computeConstant(@Nullable BlockScope scope, int leftType, int rightType) {
        long chars = (long) chars(left) + chars(right);
        if (chars > MAX_CHARS) {
            constant = Constant.NotAConstant;
            return;
        }
        super.computeConstant(scope, leftType, rightType);
        if (chars > 0 && left instanceof Concatenation) {
            left.constant = Constant.NotAConstant;
        }
    }

    private static int chars(Expression part) {
        return part.constant instanceof StringConstant text ? text.stringValue().length() : 0;
    }
}
