package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.ingest.SyntaxFile.Declaration;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.Flags;
import dev.quarry.schema.NodeKind;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaSyntaxTest {
    private static SyntaxFile parse(String text) {
        return parse("src/main/java/p/C.java", text);
    }

    private static SyntaxFile parse(String path, String text) {
        return JavaSyntax.parse(new SourceFile(path, ContentHash.ofText(text), text, text.length()));
    }

    private static Declaration only(String text, NodeKind kind, String name) {
        List<Declaration> found = parse(text).declarations().stream()
                .filter(each -> each.kind() == kind && each.name().equals(name))
                .toList();
        assertThat(found).as("%s %s in %s", kind, name, text).hasSize(1);
        return found.getFirst();
    }

    /** The declarations as a tree: kind and name, indented by depth. */
    private static String outline(SyntaxFile file) {
        return file.declarations().stream()
                .map(each -> " ".repeat(depth(file, each)) + each.kind() + " " + each.name())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static int depth(SyntaxFile file, Declaration declaration) {
        int depth = 0;
        for (int parent = declaration.parent(); parent >= 0; depth++) {
            parent = file.declarations().get(parent).parent();
        }
        return depth;
    }

    @Test
    void declarations_everyKind_areFoundInTheOrderOfTheText() {
        SyntaxFile file = parse("""
                package p;
                class C<T> {
                  int a, b[];
                  static { int x; class InBlock {} }
                  <U> C(U u) {}
                  void m() { record Local(int p) { Local {} } interface LocalToo {} }
                  enum E { ONE { void hidden() {} }, TWO; E() {} }
                  record R<V>(V v, int... w) { R {} R(V v) { this(v, 1); } }
                  @interface A { int value() default 1; }
                  interface I { void n(); }
                }
                class D { Object o = new Object() { int hidden; void h() { class Deep {} } }; }
                """);
        assertThat(file.problems()).isEmpty();
        assertThat(outline(file)).isEqualTo("""
                CLASS C
                 TYPE_PARAMETER T
                 FIELD a
                 FIELD b
                 INITIALIZER <clinit>
                  CLASS InBlock
                 CONSTRUCTOR <init>
                  TYPE_PARAMETER U
                 METHOD m
                  RECORD Local
                   RECORD_COMPONENT p
                   CONSTRUCTOR <init>
                  INTERFACE LocalToo
                 ENUM E
                  ENUM_CONSTANT ONE
                  ENUM_CONSTANT TWO
                  CONSTRUCTOR <init>
                 RECORD R
                  TYPE_PARAMETER V
                  RECORD_COMPONENT v
                  RECORD_COMPONENT w
                  CONSTRUCTOR <init>
                  CONSTRUCTOR <init>
                 ANNOTATION A
                  METHOD value
                 INTERFACE I
                  METHOD n
                CLASS D
                 FIELD o
                  CLASS Deep
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"class C { String s = \"\"\"\n  a\n  b\"\"\"; }\n", "class C {\n  void f( {\n}\n"})
    void content_otherLineEnds_isTheSame(String text) {
        SyntaxFile plain = parse(text);
        SyntaxFile other = parse(text.replace("\n", "\r\n"));
        assertThat(other.content()).isEqualTo(plain.content());
        assertThat(other.declarations()).extracting(Declaration::content).isEqualTo(contents(plain));
    }

    private static List<ContentHash> contents(SyntaxFile file) {
        return file.declarations().stream().map(Declaration::content).toList();
    }

    @Test
    void declarations_compactSourceFile_belongToTheImpliedClass() {
        SyntaxFile file = parse("Tool.java", "void main() { IO.println(1); }\nint f;\nclass Q {}\n");
        assertThat(outline(file)).isEqualTo("CLASS Tool\n METHOD main\n FIELD f\n CLASS Q\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "package p;", "/** d */ package p.q;", "open module a.b { requires java.base; }", "// x"})
    void declarations_fileWithoutTypes_areNone(String text) {
        SyntaxFile file = parse(text);
        assertThat(file.declarations()).isEmpty();
        assertThat(file.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "class C { public  static\t boolean isBlank( final CharSequence cs ){return true;} }|METHOD|isBlank|public static boolean isBlank(final CharSequence cs)",
                "class C { @A(\"(\") private /* c */ static final @B int[] a = {1}, b[] = {}; }|FIELD|b|private static final int[] b[]",
                "class C { <T extends Comparable<? super T>&Runnable> Map<K,List<T>> m(T...t)throws E,F{} }|METHOD|m|<T extends Comparable<? super T> & Runnable> Map<K, List<T>> m(T... t) throws E, F",
                "@A public sealed abstract class C <T>extends B<T> implements I,J permits D{}|CLASS|C|public sealed abstract class C<T> extends B<T> implements I, J permits D",
                "record R <V>(@A int x,V...vs)implements I{}|RECORD|R|record R<V>(int x, V... vs) implements I",
                "record R(int x) { @A public R{} }|CONSTRUCTOR|<init>|public R",
                "@interface A { @B int [ ] v ( ) default {1}; }|METHOD|v|int[] v()",
                "@A @interface A {}|ANNOTATION|A|@interface A",
                "enum E { @A ONE(1) {} }|ENUM_CONSTANT|ONE|ONE",
                "interface I { default void d() {} }|METHOD|d|default void d()",
                "class C { Map.Entry<a.b.X,int[][]> f(C this, @A final String[] x []) {} }|METHOD|f|Map.Entry<a.b.X, int[][]> f(C this, final String[] x[])",
                "class C { static { } }|INITIALIZER|<clinit>|static",
                "class C<@A T extends D> {}|TYPE_PARAMETER|T|T extends D",
            })
    void declaration_isTheHeadOnOneLine(String text, NodeKind kind, String name, String expected) {
        assertThat(only(text, kind, name).declaration()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "class C { protected static synchronized void m() {} }|METHOD|m|protected static synchronized",
                "class C { private transient volatile int f; }|FIELD|f|private transient volatile",
                "interface I { void m(); }|METHOD|m|public abstract",
                "interface I { private void m() {} }|METHOD|m|private",
                "interface I { static void m() {} }|METHOD|m|public static",
                "interface I { int F = 1; }|FIELD|F|public static final",
                "interface I { class N {} }|CLASS|N|public static",
                "interface I {}|INTERFACE|I|abstract interface",
                "class C { interface N {} }|INTERFACE|N|abstract static interface",
                "class C { enum N { } }|ENUM|N|static final",
                "enum E { A { void x() {} } }|ENUM|E|",
                "enum E { A }|ENUM_CONSTANT|A|public static final",
                "enum E { A; E() {} }|CONSTRUCTOR|<init>|private",
                "record R(int a) {}|RECORD|R|final",
                "record R(int a) {}|RECORD_COMPONENT|a|private final",
                "@interface A { int v(); }|METHOD|v|public abstract",
            })
    void flags_modifiersAndWhatTheLanguageAdds_areSet(String text, NodeKind kind, String name, String expected) {
        int flags = only(text, kind, name).flags();
        String words = expected == null ? "" : expected.replace(" interface", "");
        int modifiers = flags & (Modifier.methodModifiers() | Modifier.fieldModifiers() | Modifier.classModifiers());
        assertThat(Modifier.toString(modifiers).split(" ")).containsExactlyInAnyOrder(words.split(" "));
    }

    @Test
    void flags_quarrysOwn_areSet() {
        assertThat(Flags.has(
                        only("interface I { default void d() {} }", NodeKind.METHOD, "d")
                                .flags(),
                        Flags.DEFAULT))
                .isTrue();
        assertThat(Flags.has(
                        only("sealed class C permits D {}", NodeKind.CLASS, "C").flags(), Flags.SEALED))
                .isTrue();
        assertThat(Flags.has(
                        only("@java.lang.Deprecated class C {}", NodeKind.CLASS, "C")
                                .flags(),
                        Flags.DEPRECATED))
                .isTrue();
        assertThat(Flags.has(
                        only("class C { void m() { class L { int f; } } }", NodeKind.CLASS, "L")
                                .flags(),
                        Flags.LOCAL))
                .isTrue();
        assertThat(parse("src/test/java/p/C.java", "class C {}")
                        .declarations()
                        .getFirst()
                        .flags())
                .isEqualTo(Flags.TEST);
        assertThat(parse("C.java", "// Generated by the protocol buffer compiler.  DO NOT EDIT!\nclass C {}")
                        .declarations()
                        .getFirst()
                        .flags())
                .isEqualTo(Flags.GENERATED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class X {\tint\tname;}",
                "class X {\r\n\r\tint\r name;\r}",
                "/* 😀 */ class X { String s = \"😀\"; int name; }",
                "class X { String s = \"\\u0041\\\"\"; /* name */ int name; }",
                "class X { String t = \"\"\"\n  name \\\"\"\" \n  \"\"\"; int name; }",
                "class X { // name\f\n int name; }",
            })
    void nameOffset_oddLayout_pointsAtTheName(String text) {
        Declaration field = only(text, NodeKind.FIELD, "name");
        assertThat(text.substring(field.nameOffset())).startsWith("name").isNotEqualTo(text);
        assertThat(text.substring(field.span().start(), field.span().end()))
                .startsWith("int")
                .endsWith("name;");
    }

    @Test
    void name_withUnicodeEscapes_isPlain() {
        assertThat(only("class C { int \\u0061bc; }", NodeKind.FIELD, "abc").nameOffset())
                .isEqualTo(14);
    }

    @Test
    void span_documentedMethod_beginsWithItsComment() {
        String text = "class C {\n  /** Doc. */\n  @A\n  void m() {\n  }\n  // no\n  void n() {}\n}";
        Declaration documented = only(text, NodeKind.METHOD, "m");
        assertThat(text.substring(documented.span().docStart())).startsWith("/** Doc. */");
        assertThat(text.substring(documented.span().start(), documented.span().end()))
                .isEqualTo("@A\n  void m() {\n  }");
        assertThat(documented.span().startLine()).isEqualTo(3);
        assertThat(documented.span().endLine()).isEqualTo(5);
        assertThat(documented.doc()).isNotNull();
        assertThat(only(text, NodeKind.METHOD, "n").doc()).isNull();
    }

    @Test
    void doc_layoutOfTheComment_doesNotCount() {
        ContentHash expected = only("/** Two words.\n * And {@code more}. */ class C {}", NodeKind.CLASS, "C")
                .doc();
        assertThat(expected).isNotNull();
        assertThat(only("/**\r\n\t * Two\r\n * words. And {@code more}.\r\n */\nclass C {}", NodeKind.CLASS, "C")
                        .doc())
                .isEqualTo(expected);
        assertThat(only("/// Two words.\n/// And {@code more}.\nclass C {}", NodeKind.CLASS, "C")
                        .doc())
                .isEqualTo(expected);
        assertThat(only("/** Two words. And more. */ class C {}", NodeKind.CLASS, "C")
                        .doc())
                .isNotEqualTo(expected);
        assertThat(only("/** */ class C {}", NodeKind.CLASS, "C").doc()).isNull();
        assertThat(only("/**/ class C {}", NodeKind.CLASS, "C").doc()).isNull();
    }

    @Test
    void shape_namesAndLiteralsExchanged_isKept() {
        ContentHash shape = only("class C { int sum(int a) { return a + 1; } }", NodeKind.METHOD, "sum")
                .shape();
        assertThat(only("class D { int add(int x) { return x + 22; } }", NodeKind.METHOD, "add")
                        .shape())
                .isEqualTo(shape);
        assertThat(only("class D { int add(int x) { return y + 22; } }", NodeKind.METHOD, "add")
                        .shape())
                .isNotEqualTo(shape);
        assertThat(only("class D { int add(int x) { return x - 22; } }", NodeKind.METHOD, "add")
                        .shape())
                .isNotEqualTo(shape);
        assertThat(only("class D { int add(int x) { return x + \"22\"; } }", NodeKind.METHOD, "add")
                        .shape())
                .isNotEqualTo(shape);
    }

    @Test
    void content_importsAndPackage_countForTheFileOnly() {
        SyntaxFile plain = parse("package p; class C {}");
        SyntaxFile other = parse("package q; import a.B; class C {}");
        assertThat(other.content()).isNotEqualTo(plain.content());
        assertThat(other.declarations().getFirst().content())
                .isEqualTo(plain.declarations().getFirst().content());
    }

    @Test
    void content_oneDeclarationOfTwoFields_differsFromTwoDeclarations() {
        SyntaxFile one = parse("class C { int a, b; }");
        SyntaxFile two = parse("class C { int a; int b; }");
        assertThat(two.declarations().get(1).content())
                .isEqualTo(one.declarations().get(1).content());
        assertThat(two.declarations().getFirst().content())
                .isNotEqualTo(one.declarations().getFirst().content());
    }

    @Test
    void parse_syntaxError_keepsWhatCouldBeRead() {
        SyntaxFile file = parse("class C {\n void ok() { foo( }\n void fine() {}\n}");
        assertThat(file.problems()).hasSize(1);
        assertThat(file.problems().getFirst().line()).isEqualTo(2);
        assertThat(file.problems().getFirst().message()).contains("Found \"}\"");
        assertThat(outline(file)).isEqualTo("CLASS C\n METHOD ok\n METHOD fine\n");
        assertThat(file.declarations()).allMatch(each -> Flags.has(each.flags(), Flags.BROKEN));
    }

    @Test
    void parse_deepNesting_isReadOrRefusedButNeverThrown() {
        String nested = "class C { int f = " + "(".repeat(20_000) + "1" + ")".repeat(20_000) + "; }";
        SyntaxFile file = parse(nested);
        assertThat(file.problems().isEmpty()).isEqualTo(!file.declarations().isEmpty());
        String sum = "class C { String f = \"a\"" + " + \"b\"".repeat(20_000) + "; }";
        assertThat(outline(parse(sum))).isEqualTo("CLASS C\n FIELD f\n");
    }
}
