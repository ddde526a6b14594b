package dev.quarry.ingest;

import java.util.List;
import org.eclipse.jdt.internal.compiler.ast.Annotation;
import org.eclipse.jdt.internal.compiler.ast.FieldDeclaration;

/**
 * A member that an annotation of Lombok asks for.
 *
 * @param head its declaration without body, with type parameters and modifiers, on one line
 * @param origin the annotation
 * @param madeOf the fields that it is made of
 * @param use what it does with these fields
 * @param members what it declares itself, for a type
 */
record LombokStub(
        Kind kind, String head, Annotation origin, List<FieldDeclaration> madeOf, Use use, List<LombokStub> members) {
    /** What is declared. */
    enum Kind {
        FIELD,
        METHOD,
        CONSTRUCTOR,
        TYPE
    }

    /** What a method or constructor does with the fields that it is made of. */
    enum Use {
        NONE,
        READS,
        WRITES
    }

    LombokStub {
        madeOf = List.copyOf(madeOf);
    }

    /** The declaration as text that a parser takes. */
    String text() {
        return switch (kind) {
            case FIELD -> head + ";\n";
            case METHOD -> head + (head.contains("abstract ") ? ";\n" : " {}\n");
            case CONSTRUCTOR -> head + " {}\n";
            case TYPE -> {
                StringBuilder text = new StringBuilder(head).append(" {\n");
                boolean constants = head.contains("enum ");
                members.forEach(member -> text.append(constants ? member.head + "," : member.text()));
                yield text.append("}\n").toString();
            }
        };
    }
}
