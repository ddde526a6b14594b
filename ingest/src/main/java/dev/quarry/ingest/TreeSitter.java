package dev.quarry.ingest;

import dev.quarry.schema.QuarryCache;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.treesitter.TSInputEncoding;
import org.treesitter.TSLanguage;
import org.treesitter.TSParser;
import org.treesitter.TSQuery;
import org.treesitter.TSTree;
import org.treesitter.TreeSitterJava;

/**
 * The error-tolerant parser: gives a tree for any text, with the parts that it could not read marked in it.
 *
 * <p>Its native code is loaded with the first broken file; where that fails there are no trees. For one thread.
 */
final class TreeSitter {
    private static final int CHUNK = 1 << 16;
    private static final String FOLDER_PROPERTY = "tree-sitter-lib";

    /**
     * What is read of a tree. A walk over all nodes costs many times as much as this query, whose work is native.
     *
     * <p>The names of the captures: {@code d} a declaration, {@code n} its name, {@code p} its parameters, {@code g} its
     * type parameters, {@code c} a call, {@code t} what it creates.
     */
    private static final String QUERY = """
            (class_declaration name: (identifier) @n type_parameters: (type_parameters)? @g) @d
            (interface_declaration name: (identifier) @n type_parameters: (type_parameters)? @g) @d
            (enum_declaration name: (identifier) @n) @d
            (record_declaration name: (identifier) @n type_parameters: (type_parameters)? @g) @d
            (annotation_type_declaration name: (identifier) @n) @d
            (method_declaration type_parameters: (type_parameters)? @g
              name: (identifier) @n parameters: (formal_parameters) @p) @d
            (constructor_declaration type_parameters: (type_parameters)? @g
              name: (identifier) @n parameters: (formal_parameters) @p) @d
            (compact_constructor_declaration name: (identifier) @n) @d
            (annotation_type_element_declaration name: (identifier) @n) @d
            (field_declaration declarator: (variable_declarator name: (identifier) @n)) @d
            (constant_declaration declarator: (variable_declarator name: (identifier) @n)) @d
            (enum_constant name: (identifier) @n) @d
            (static_initializer) @d
            (object_creation_expression (class_body)) @d
            (enum_constant body: (class_body) @d)
            (method_invocation name: (identifier) @n) @c
            (object_creation_expression type: (_) @t) @c
            (package_declaration [(identifier) (scoped_identifier)] @n) @d
            """;

    private final TSParser parser;
    private final TSQuery query;

    private TreeSitter(TSParser parser, TSQuery query) {
        this.parser = parser;
        this.query = query;
    }

    /** The parser; empty where its native code cannot be loaded here. */
    static Optional<TreeSitter> load() {
        try {
            Path folder = QuarryCache.directory().resolve("tree-sitter-0.26.3");
            Files.createDirectories(folder);
            if (System.getProperty(FOLDER_PROPERTY) == null) {
                System.setProperty(FOLDER_PROPERTY, folder.toString());
            }
            // The libraries are unpacked in place: two processes must not do so at the same time.
            try (FileChannel lock =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock.lock();
                TSParser parser = new TSParser();
                TSLanguage java = new TreeSitterJava();
                parser.setLanguage(java);
                return Optional.of(new TreeSitter(parser, new TSQuery(java, QUERY)));
            }
        } catch (IOException | RuntimeException | LinkageError _) {
            return Optional.empty();
        }
    }

    /** What a text declares and calls; empty where it takes too long to read. */
    Optional<Outline> read(String text) {
        byte[] units = text.getBytes(StandardCharsets.UTF_16LE);
        WorkLimit limit = new WorkLimit();
        TSTree tree = parser.parseWithOptions(
                new byte[CHUNK],
                null,
                (chunk, offset, _) -> {
                    int length = Math.clamp(units.length - (long) offset, 0, chunk.length);
                    System.arraycopy(units, Math.min(offset, units.length), chunk, 0, length);
                    return length;
                },
                TSInputEncoding.TSInputEncodingUTF16LE,
                _ -> limit.isExceeded());
        if (tree == null) {
            parser.reset();
            return Optional.empty();
        }
        return Optional.of(new OutlineReader(text, query).read(tree.getRootNode()));
    }
}
