package dev.quarry.ingest;

import java.util.Arrays;
import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.internal.compiler.CompilationResult;
import org.eclipse.jdt.internal.compiler.ast.ASTNode;
import org.eclipse.jdt.internal.compiler.ast.BinaryExpression;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.FieldDeclaration;
import org.eclipse.jdt.internal.compiler.ast.MethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.OperatorIds;
import org.eclipse.jdt.internal.compiler.ast.ParameterizedQualifiedTypeReference;
import org.eclipse.jdt.internal.compiler.ast.ReferenceExpression;
import org.eclipse.jdt.internal.compiler.ast.TypeReference;
import org.eclipse.jdt.internal.compiler.env.ICompilationUnit;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.MethodScope;
import org.eclipse.jdt.internal.compiler.parser.Parser;
import org.eclipse.jdt.internal.compiler.parser.TerminalToken;
import org.eclipse.jdt.internal.compiler.problem.AbortCompilation;
import org.eclipse.jdt.internal.compiler.problem.AbortMethod;
import org.eclipse.jdt.internal.compiler.problem.ProblemReporter;

/**
 * The compiler's parser. No text makes it throw or stall; Lombok's members are there, and a unit's module is known, before
 * the first name is bound.
 *
 * <p>Its diagnosis of syntax errors takes more than linear time. In declarations it is left out, as it only words messages.
 * In bodies it finds the edits by which statements are recovered; there a file has a budget of characters for it, and
 * bodies beyond are left to the error-tolerant parser.
 */
final class EcjParser extends Parser {
    private static final int DIAGNOSED_CHARS = 50_000;
    private static final int TOKENS_PER_CHECK = 64;

    private final boolean optimize;
    private final LombokModel lombok;
    private final PatchedModules patched;
    private CompilationResult diagnosed;
    private int diagnosedChars;
    private WorkLimit limit = new WorkLimit();
    private int tokens;

    EcjParser(ProblemReporter problems, boolean optimize, LombokModel lombok, PatchedModules patched) {
        super(problems, optimize);
        this.optimize = optimize;
        this.lombok = lombok;
        this.patched = patched;
        this.diagnosed = new CompilationResult(new char[0], 0, 0, 0);
    }

    /** The tree of a file that cannot be parsed: it has nothing, and says that there are errors. */
    static CompilationUnitDeclaration unreadable(ProblemReporter problems, CompilationResult result) {
        result.hasSyntaxError = true;
        result.lineSeparatorPositions = new int[0];
        return new CompilationUnitDeclaration(problems, result, 0);
    }

    @Override
    public CompilationUnitDeclaration dietParse(ICompilationUnit source, CompilationResult result) {
        EcjUnit unit = source instanceof EcjUnit own ? own : null;
        if (unit != null && Nesting.isTooDeep(unit.source().text())) {
            return unreadable(problemReporter, result);
        }
        limit = new WorkLimit();
        try {
            CompilationUnitDeclaration tree = super.dietParse(source, result);
            if (unit != null) {
                if (tree.currentPackage != null) {
                    unit.bindIn(patched.moduleOf(CharOperation.toString(tree.currentPackage.tokens)));
                }
                String text = unit.source().text();
                unit.parsed(FileTracer.bodies(tree, text), MethodHeads.of(tree, text));
                lombok.expand(unit, tree, new Parser(problemReporter, optimize));
                HeadNames.mark(tree);
            }
            return tree;
        } catch (RuntimeException | StackOverflowError _) {
            return unreadable(problemReporter, result);
        }
    }

    @Override
    public void getMethodBodies(CompilationUnitDeclaration unit) {
        limit = new WorkLimit();
        super.getMethodBodies(unit);
    }

    /**
     * Reads a method's body as if nothing had asked for the method yet: one of an interface is left out as abstract once it
     * is bound, so that what is found in its body would depend on what was bound before.
     */
    @Override
    public void parse(MethodDeclaration method, CompilationUnitDeclaration unit) {
        MethodBinding bound = method.binding;
        method.binding = null;
        try {
            super.parse(method, unit);
        } finally {
            method.binding = bound;
        }
    }

    @Override
    protected TypeReference getTypeReferenceForGenericType(int dimensions, int segments, int identifiers) {
        TypeReference reference = super.getTypeReferenceForGenericType(dimensions, segments, identifiers);
        return reference instanceof ParameterizedQualifiedTypeReference qualified
                ? new QualifiedTypeName(qualified)
                : reference;
    }

    @Override
    public ReferenceExpression newReferenceExpression() {
        return new MethodReference(scanner);
    }

    @Override
    protected FieldDeclaration createFieldDeclaration(char[] name, int start, int end) {
        return new Field(name, start, end);
    }

    @Override
    protected void consumeBinaryExpression(int operator) {
        super.consumeBinaryExpression(operator);
        limitConcatenation();
    }

    @Override
    protected void consumeBinaryExpressionWithName(int operator) {
        super.consumeBinaryExpressionWithName(operator);
        limitConcatenation();
    }

    private void limitConcatenation() {
        if (expressionStack[expressionPtr] instanceof BinaryExpression made
                && (made.bits & ASTNode.OperatorMASK) >> ASTNode.OperatorSHIFT == OperatorIds.PLUS) {
            expressionStack[expressionPtr] = new Concatenation(made);
        }
    }

    /** Grows by doubling: by a constant, as the compiler does it, takes quadratic time for a table of a million values. */
    @Override
    protected void pushOnExpressionStack(Expression expression) {
        if (expressionPtr + 1 >= expressionStack.length) {
            expressionStack = Arrays.copyOf(expressionStack, 2 * expressionStack.length);
        }
        super.pushOnExpressionStack(expression);
    }

    /** Grows by doubling, too, for as many declarations or statements side by side. */
    @Override
    protected void pushOnAstStack(ASTNode node) {
        if (astPtr + 1 >= astStack.length) {
            astStack = Arrays.copyOf(astStack, 2 * astStack.length);
        }
        super.pushOnAstStack(node);
    }

    /** The clock is the last resort: telling generics from comparisons looks ahead, in the worst case to the end. */
    @Override
    protected void consumeToken(TerminalToken type) {
        if (++tokens % TOKENS_PER_CHECK == 0 && limit.isExceeded()) {
            throw new AbortCompilation();
        }
        super.consumeToken(type);
    }

    /** Notes the error that begins a recovery; what follows is read again from an earlier place. */
    @Override
    protected int resumeOnSyntaxError() {
        if (currentElement == null
                && compilationUnit != null
                && compilationUnit.compilationResult.compilationUnit instanceof EcjUnit unit) {
            unit.errors().syntax(Math.max(0, scanner.startPosition), diet);
        }
        return super.resumeOnSyntaxError();
    }

    @Override
    protected void reportSyntaxErrors(boolean isDietParse, TerminalToken oldFirstToken) {
        CompilationResult result = compilationUnit.compilationResult;
        result.hasSyntaxError = true;
        if (isDietParse) {
            return;
        }
        if (!Identity.same(result, diagnosed)) {
            diagnosed = result;
            diagnosedChars = 0;
        }
        int length = Math.max(0, scanner.eofPosition - scanner.initialPosition);
        if (length <= DIAGNOSED_CHARS - diagnosedChars) {
            diagnosedChars += length;
            super.reportSyntaxErrors(false, oldFirstToken);
        }
    }

    /** A field whose value can be given up: the compiler would give up all of the class. */
    private static final class Field extends FieldDeclaration {
        Field(char[] name, int start, int end) {
            super(name, start, end);
        }

        @Override
        public void resolve(MethodScope scope) {
            try {
                super.resolve(scope);
            } catch (AbortMethod _) {
                // what is not bound of the value is told by its names
            }
        }
    }
}
