package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.EnumConstantDeclaration;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.MethodReferenceExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.TypeExpr;
import com.github.javaparser.ast.stmt.ExplicitConstructorInvocationStmt;
import dev.quarry.ingest.FactsSink;
import dev.quarry.ingest.Ingest;
import dev.quarry.ingest.IngestOptions;
import dev.quarry.ingest.ProgressListener;
import dev.quarry.ingest.RepositoryScan;
import dev.quarry.ingest.ScanOptions;
import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.SharedFacts;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No call site of a real repository is lost: per file, the graph accounts for as many as the text holds. */
class CallSitesContractTest {
    @TempDir
    private Path folder;

    @Test
    void coverage_ofRealRepository_accountsForEveryCallSite() {
        Path sources = Corpus.COMMONS_LANG.unpackSources(folder.resolve("lang"));
        Map<String, Integer> written = new TreeMap<>();
        NavigableMap<String, Integer> counted = new TreeMap<>();
        JavaParser parser =
                new JavaParser(new ParserConfiguration().setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_26));
        FactsSink sink = new FactsSink() {
            @Override
            public void file(FileFacts facts) {
                counted.put(facts.file().path(), facts.file().coverage().sites());
                written.put(facts.file().path(), sites(parser, facts.text()));
            }

            @Override
            public void shared(SharedFacts facts) {}

            @Override
            public void derived(DerivedFacts facts) {
                // no call sites
            }
        };

        Ingest.run(
                RepositoryScan.of(sources, ScanOptions.defaults()),
                IngestOptions.defaults(),
                sink,
                ProgressListener.NONE);

        assertThat(counted.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(10_000);
        assertThat(counted).isEqualTo(written);
    }

    private static int sites(JavaParser parser, String text) {
        return (int) parser.parse(text).getResult().orElseThrow().stream()
                .filter(CallSitesContractTest::isSite)
                .count();
    }

    private static boolean isSite(Node node) {
        return switch (node) {
            case MethodCallExpr _, ObjectCreationExpr _, ExplicitConstructorInvocationStmt _ -> true;
            case EnumConstantDeclaration _ -> true;
            case MethodReferenceExpr reference ->
                !(reference.getScope() instanceof TypeExpr type
                        && type.getType().isArrayType()
                        && reference.getIdentifier().equals("new"));
            default -> false;
        };
    }
}
