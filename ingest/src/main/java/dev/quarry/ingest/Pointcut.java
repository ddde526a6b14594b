package dev.quarry.ingest;

/** A condition on the executions of methods, as far as the text decides it. */
@FunctionalInterface
interface Pointcut {
    /** Whether an execution is meant; {@code MAYBE} where its arguments decide. */
    enum Match {
        NO,
        MAYBE,
        YES;

        static Match of(boolean yes) {
            return yes ? YES : NO;
        }

        Match and(Match other) {
            return compareTo(other) <= 0 ? this : other;
        }

        Match or(Match other) {
            return compareTo(other) >= 0 ? this : other;
        }

        Match not() {
            return switch (this) {
                case NO -> YES;
                case MAYBE -> MAYBE;
                case YES -> NO;
            };
        }
    }

    Match test(JoinPoint point);

    /** Has a text that is no pointcut, or one of a kind that containers do not know, told from others. */
    final class UnknownPointcutException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownPointcutException(String text) {
            super(text);
        }
    }
}
