package dev.quarry.rag;

import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeKind;
import dev.quarry.search.NameCoverage;
import java.lang.reflect.Modifier;

/**
 * What speaks for or against a declaration whatever the legs say, in units of the cosine. Visibility and the number of
 * callers are not among it: on development sets they are worth nothing beside the legs.
 */
final class Priors {
    private static final double TEST = -0.08;
    /** A test often bears the name of what it tests, and says it more often. */
    private static final double TEST_OF_THE_NAME = -0.4;

    private static final double GENERATED = -0.08;
    private static final double DEPRECATED = -0.02;
    private static final double PRIVATE = -0.01;
    private static final double CONSTRUCTOR = -0.12;
    private static final double WITHOUT_BODY = -0.13;
    private static final double NOT_CALLABLE = -0.1;
    private static final double TYPE_TO_CHANGE = 0.05;
    private static final double WHOLE_NAME = 0.2;
    private static final double SAID_NAME = 0.02;

    private Priors() {}

    static double of(Node node, QueryShape shape, NameCoverage said) {
        double sum = has(node, Flags.TEST, TEST)
                + has(node, Flags.GENERATED, GENERATED)
                + has(node, Flags.DEPRECATED, DEPRECATED)
                + has(node, Modifier.PRIVATE, PRIVATE);
        return sum
                + switch (shape) {
                    case NAME, TRACE -> has(node, Flags.TEST, TEST_OF_THE_NAME);
                    case MIXED -> node.kind().isCallable() ? purpose(node) : 0;
                    case CHANGE -> node.kind().isType() ? TYPE_TO_CHANGE : 0;
                    case WORDS -> purpose(node) + name(node, said);
                };
    }

    private static double has(Node node, int flag, double worth) {
        return Flags.has(node.flags(), flag) ? worth : 0;
    }

    /** Prose asks for what code does, and that is what methods with a body say. */
    private static double purpose(Node node) {
        return switch (node.kind()) {
            case METHOD -> has(node, Modifier.ABSTRACT, WITHOUT_BODY);
            case CONSTRUCTOR -> CONSTRUCTOR;
            default -> NOT_CALLABLE;
        };
    }

    /** A name that was said in words speaks loudest; else the share of it that was said. */
    private static double name(Node node, NameCoverage said) {
        if (said.isWhole(node.name())) {
            return WHOLE_NAME;
        }
        if (node.kind() != NodeKind.METHOD) {
            return 0; // a single noun, which many a query says, is the name of many a type and variable
        }
        double share = said.of(node.name());
        return SAID_NAME * share * share;
    }
}
