package dev.quarry.ingest;

import java.util.List;
import org.eclipse.jdt.internal.compiler.ast.AbstractVariableDeclaration;
import org.eclipse.jdt.internal.compiler.ast.Annotation;
import org.eclipse.jdt.internal.compiler.ast.FieldDeclaration;
import org.jspecify.annotations.Nullable;

/**
 * A member that an annotation of Lombok asks for.
 *
 * @param head its declaration without body, with type parameters and modifiers, on one line
 * @param origin the annotation
 * @param madeOf the fields that it is made of
 * @param use what it does with these fields
 * @param members what it declares itself, for a type
 * @param call the constructor or method of the repository that its body calls; null for none
 */
record LombokStub(
        Kind kind,
        String head,
        Annotation origin,
        List<FieldDeclaration> madeOf,
        Use use,
        List<LombokStub> members,
        @Nullable Call call) {
    /**
     * A call in a generated body.
     *
     * @param type the simple name of the type that declares the target
     * @param method the target's name, {@code <init>} for a constructor
     * @param parameters the simple names of its parameters' types, without type arguments
     */
    record Call(String type, String method, List<String> parameters) {
        static Call of(String type, String method, List<? extends AbstractVariableDeclaration> arguments) {
            return new Call(
                    type,
                    method,
                    arguments.stream()
                            .map(each -> simple(LombokType.typeOf(each)))
                            .toList());
        }

        /** A type's name without packages, outer types and type arguments. */
        static String simple(String type) {
            StringBuilder plain = new StringBuilder();
            int depth = 0;
            for (int i = 0; i < type.length(); i++) {
                char next = type.charAt(i);
                depth += next == '<' ? 1 : 0;
                if (depth == 0) {
                    plain.append(next);
                }
                depth -= next == '>' ? 1 : 0;
            }
            return plain.substring(plain.lastIndexOf(".") + 1).strip();
        }
    }

    LombokStub(
            Kind kind,
            String head,
            Annotation origin,
            List<FieldDeclaration> madeOf,
            Use use,
            List<LombokStub> members) {
        this(kind, head, origin, madeOf, use, members, null);
    }

    /** The same with a call in its body. */
    LombokStub calling(Call target) {
        return new LombokStub(kind, head, origin, madeOf, use, members, target);
    }

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
