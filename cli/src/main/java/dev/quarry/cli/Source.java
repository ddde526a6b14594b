package dev.quarry.cli;

import dev.quarry.ask.AskRequest;
import dev.quarry.llm.ConfigFile;
import dev.quarry.server.Backend;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where answers come from: the store itself, or the server that holds it. Symbols are named as people do; a name that fits
 * nothing or several things is a {@link dev.quarry.schema.QuarryException}.
 */
interface Source extends AutoCloseable {
    /** What can be asked of a symbol's surroundings. */
    enum Relationship {
        /** What calls it. */
        CALLERS("callers", "caller", "what calls a method or constructor"),
        /** What it calls. */
        CALLEES("callees", "callee", "what a method or constructor calls"),
        /** What implements an interface, or overrides a method. */
        IMPLEMENTATIONS("impls", "implementation", "what implements an interface, or overrides a method"),
        /** The types that extend or implement it. */
        SUBTYPES("subtypes", "subtype", "the types that extend or implement a type"),
        /** What a change of it may reach. */
        IMPACT("impact", "affected declaration", "what a change of a symbol may reach");

        private final String command;
        private final String noun;
        private final String summary;

        Relationship(String command, String noun, String summary) {
            this.command = command;
            this.noun = noun;
            this.summary = summary;
        }

        /** The command that asks for it. */
        String command() {
            return command;
        }

        /** What one row is. */
        String noun() {
            return noun;
        }

        /** What the command shows. */
        String summary() {
            return summary;
        }
    }

    /** The most rows that it gives to one question. */
    default int rowsMax() {
        return Integer.MAX_VALUE;
    }

    /** The most rows of a script that it gives. */
    default int tableRowsMax() {
        return Integer.MAX_VALUE;
    }

    /** What stands in this relationship to the symbol, at most so many steps away. */
    Answer.Rows related(Relationship relationship, String symbol, int depth, int limit);

    /** A shortest way of calls from one symbol to another. */
    Answer.Way path(String from, String to, int depth);

    /** Groups of declarations that are alike, the largest saving first. */
    Answer.CloneGroups clones(CloneQuery query);

    /** What is like this symbol, the most alike first. */
    Answer.Clones clonesOf(String symbol, int limit);

    /** The code that fits a question, a phrase or a name. */
    Answer.Hits search(String text, int limit, Backend.Filter filter);

    /** The code that answers a question, of at most so many tokens: as one Markdown text, or in pieces. */
    Answer.Packed context(String text, int tokens, boolean markdown, Backend.Filter filter, String model);

    /** An overview of the repository of at most so many tokens, as the document of the interface. */
    Answer.Tree map(int tokens);

    /**
     * The answer of a language model to a question about the code.
     *
     * @param config the models to ask where no server has its own
     * @param text takes the answer's parts as they come
     */
    Answer.Tree ask(AskRequest request, Supplier<ConfigFile> config, Consumer<String> text);

    /** The newest questions whose text or answer has all of these words, in brief, as the document of the interface. */
    JsonObject traces(String words, int limit);

    /** All that is kept of a question, as the document of the interface. */
    JsonObject trace(String id);

    /** The rows of a read-only CozoScript. */
    Answer.Table query(String script, int rows);

    /** When a symbol, or what calls it, changed, the newest state first. */
    Answer.Tree log(String symbol, int limit);

    /** What differs between two states; an empty {@code to} is now. */
    Answer.Tree diff(String from, String to, int limit);

    /** What the difference of two states reaches; an empty {@code to} is now. */
    Answer.Tree diffImpact(String from, String to, int depth, int limit);

    /** How places of the repository are shown, and where it is. */
    Places places();

    /** What the store holds. */
    Answer.Status status();

    @Override
    void close();
}
