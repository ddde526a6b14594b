package dev.quarry.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names in the forms of Java's syntax, of traces and of files find what they stand for. */
class NamedSearchTest {
    private static final Map<NodeId, String> SYMBOLS = new HashMap<>();
    private static final List<SearchDocument> DOCUMENTS = new ArrayList<>();

    @TempDir
    static Path folder;

    private static SearchIndex index;

    private static void add(NodeKind kind, String qualifiedName, String head) {
        String signature = head.replaceFirst("^[^(]*", "");
        NodeId id = NodeId.of(kind, qualifiedName, signature);
        String name = qualifiedName.replaceFirst(".*[.#$]", "");
        SYMBOLS.put(id, qualifiedName + signature);
        DOCUMENTS.add(new SearchDocument(id, kind, name, qualifiedName, head, "", "", "a.java", 0));
    }

    @BeforeAll
    static void open() {
        add(NodeKind.CLASS, "web.Url", "public final class Url");
        add(NodeKind.CLASS, "web.Url$Builder", "static class Builder");
        add(NodeKind.METHOD, "web.Url$Builder#build", "Url build()");
        add(NodeKind.CONSTRUCTOR, "web.Url$Builder#<init>", "Builder()");
        add(NodeKind.CLASS, "web.Request", "class Request");
        add(NodeKind.CLASS, "web.Request$Builder", "class Builder");
        add(NodeKind.METHOD, "web.Request$Builder#build", "Request build()");
        add(NodeKind.METHOD, "web.Request$Builder#connect", "void connect()");
        add(NodeKind.CONSTRUCTOR, "web.Request#<init>", "Request(Url url)");
        add(NodeKind.CONSTRUCTOR, "web.Request#<init>", "Request(Url url, int retries)");
        add(NodeKind.METHOD, "web.TlsVersion#javaName", "String javaName()");
        add(NodeKind.METHOD, "web.UrlTypes#declaringClassOf", "Class<?> declaringClassOf(Type type)");
        add(NodeKind.METHOD, "web.Requests#newRequest", "Request newRequest()");
        add(NodeKind.METHOD, "web.Urls#list", "void list()");
        add(NodeKind.CLASS, "web.Language", "enum Language");
        add(NodeKind.ENUM_CONSTANT, "web.Language#java", "java");
        add(NodeKind.CLASS, "web.Json", "class Json");
        add(NodeKind.METHOD, "web.Json#read", "<T> T read(Reader reader, TypeToken<T> token)");
        add(NodeKind.METHOD, "web.Json#read", "<T> T read(Reader reader, Type type)");
        add(NodeKind.METHOD, "web.Json#read", "<T> T read(String text, Type... types)");
        add(NodeKind.METHOD, "web.Json#read", "Object read()");
        add(NodeKind.METHOD, "web.Json#Read", "void Read(Reader reader, Type type)");
        add(NodeKind.METHOD, "web.Json#readAll", "void readAll(Reader reader, Type type)");
        index = SearchIndex.open(folder);
        index.update(DOCUMENTS, List.of());
        index.commit(1, 0);
    }

    @AfterAll
    static void close() {
        index.close();
    }

    private static List<SearchHit> hits(String query, NodeKind... kinds) {
        return index.text(query, SearchFilter.all().withKinds(Set.of(kinds)), 30);
    }

    private static List<String> symbols(List<SearchHit> hits) {
        return hits.stream().map(hit -> SYMBOLS.getOrDefault(hit.id(), "")).toList();
    }

    private static List<String> whole(List<SearchHit> hits) {
        return symbols(hits.stream().filter(hit -> hit.named() == 1).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "web.Url$Builder.build, web.Url$Builder#build()",
        "web.Url.Builder.build, web.Url$Builder#build()",
        "web.Request$Builder#build, web.Request$Builder#build()",
        "web.Request.Builder, web.Request$Builder",
        "web.Url, web.Url",
        "web.Url$Builder.<init>, web.Url$Builder#<init>()",
    })
    void text_wholeQualifiedName_namesOnlyWhatBearsIt(String query, String symbol) {
        assertThat(whole(hits(query))).containsExactly(symbol);
        assertThat(hits(query.toLowerCase(Locale.ROOT)).getFirst().named()).isEqualTo(0.96);
    }

    @Test
    void text_otherPackage_namesTheTypesMember() {
        SearchHit first = hits("net.Request.Builder.build").getFirst();
        assertThat(SYMBOLS.get(first.id())).isEqualTo("web.Request$Builder#build()");
        assertThat(first.named()).isLessThan(1);
    }

    @ParameterizedTest
    @CsvSource({
        "Request.java, web.Request",
        "src/main/java/web/Request.java, web.Request",
        "/home/me/web-1.0/web/Request.java:40, web.Request",
        "web.Request.class, web.Request",
        "Request.class, web.Request",
        "Url$Builder.class, web.Url$Builder",
        "Request[], web.Request",
        "Request<String>, web.Request",
    })
    void text_fileOrLiteralOfAClass_namesTheType(String query, String type) {
        assertThat(whole(hits(query))).containsExactly(type);
    }

    @Test
    void text_typeInsideOfAnUnknownOne_isFirst() {
        assertThat(symbols(hits("List<Request>"))).first().isEqualTo("web.Request");
    }

    @Test
    void text_memberThatIsCalledLikeAFile_isFoundByItsName() {
        assertThat(symbols(hits("java"))).first().isEqualTo("web.Language#java");
        assertThat(whole(hits("Language.java"))).containsExactlyInAnyOrder("web.Language#java", "web.Language");
    }

    @ParameterizedTest
    @CsvSource({"Request.new", "Request::new", "Request.<init>", "new Request", "web.Request#<init>"})
    void text_constructorInAnyForm_namesAllOfTheType(String query) {
        assertThat(whole(hits(query)))
                .containsExactlyInAnyOrder("web.Request#<init>(Url url)", "web.Request#<init>(Url url, int retries)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "new Request(url) | web.Request#<init>(Url url)",
                "new Request(Url, int) | web.Request#<init>(Url url, int retries)",
                "Request(Url, int) | web.Request#<init>(Url url, int retries)",
                "new Url() | web.Url",
                "new Request.Builder() | web.Request$Builder",
            })
    void text_creation_findsTheConstructorOrElseTheType(String query, String symbol) {
        assertThat(symbols(hits(query))).first().isEqualTo(symbol);
    }

    @Test
    void text_typeAmongConstructors_namesItsConstructors() {
        assertThat(whole(hits("Request", NodeKind.CONSTRUCTOR))).hasSize(2);
        assertThat(whole(hits("Url.Builder", NodeKind.CONSTRUCTOR))).containsExactly("web.Url$Builder#<init>()");
        assertThat(symbols(hits("Requ", NodeKind.CONSTRUCTOR, NodeKind.METHOD)))
                .contains("web.Request#<init>(Url url)");
        assertThat(whole(hits("Request"))).containsExactly("web.Request");
    }

    @Test
    void text_nameThatNoMemberHas_findsTheTypeAboveOthersMembers() {
        assertThat(symbols(hits("Json.connect"))).startsWith("web.Json", "web.Request$Builder#connect()");
        assertThat(hits("Nothing.conn")).allMatch(hit -> hit.named() == 0);
        assertThat(hits("Nothing.connect").getFirst().named()).isEqualTo(0.3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Json.read(Reader,Type) | (Reader reader, Type type)",
                "read(java.io.Reader in, TypeToken<Foo> token) | (Reader reader, TypeToken<T> token)",
                "Json#read(String, Type[]) | (String text, Type... types)",
                "web.Json.read() | ()",
            })
    void text_listOfTypes_namesOneOfTheOverloads(String query, String parameters) {
        assertThat(whole(hits(query))).containsExactly("web.Json#read" + parameters);
    }

    @Test
    void text_listOfTypes_keepsOtherOverloadsAboveOtherNames() {
        List<String> found = symbols(hits("Json.read(Reader, Type)"));
        assertThat(found.subList(1, 4)).allMatch(symbol -> symbol.startsWith("web.Json#read("));
        assertThat(found.get(1)).isEqualTo("web.Json#read(Reader reader, TypeToken<T> token)");
        assertThat(found.subList(4, 6))
                .containsExactly(
                        "web.Json#Read(Reader reader, Type type)", "web.Json#readAll(Reader reader, Type type)");
    }

    @Test
    void text_noListOrAnUnclosedOne_namesAllOverloads() {
        assertThat(whole(hits("Json.read"))).hasSize(4);
        assertThat(whole(hits("Json.read("))).hasSize(4);
        assertThat(whole(hits("Json.read(Reader,"))).hasSize(4);
    }
}
