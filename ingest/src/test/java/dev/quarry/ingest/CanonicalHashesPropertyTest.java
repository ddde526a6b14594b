package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.ingest.SyntaxFile.Declaration;
import dev.quarry.schema.ContentHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What layout, comments and single tokens do to the hashes of random classes. */
class CanonicalHashesPropertyTest {
    private static final Pattern TOKEN = Pattern.compile(
            "/\\*.*?\\*/|\"(?:[^\"\\\\]|\\\\.)*\"|'.'|->|==|\\.\\.\\.|\\d+" + "|[\\p{L}_$][\\p{L}\\p{N}_$]*|\\S");
    private static final List<String> GAPS =
            List.of(" ", "  ", "\t", "\n", "\r\n", "\r", "\f ", " /* c */ ", "\n// c\n", "/* 😀 \" */", "\n\n\n");

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    private static SyntaxFile parse(String text) {
        return JavaSyntax.parse(new SourceFile("p/C.java", ContentHash.ofText(text), text, text.length()));
    }

    private static List<ContentHash> contents(SyntaxFile file) {
        return file.declarations().stream().map(Declaration::content).toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void content_otherLayout_isKept(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> tokens = tokens(SourceGenerator.file(random));
        SyntaxFile plain = parse(String.join(" ", tokens));
        assertThat(plain.problems()).isEmpty();
        StringBuilder text = new StringBuilder();
        for (String token : tokens) {
            text.append(token).append(GAPS.get(random.nextInt(GAPS.size())));
        }
        SyntaxFile other = parse(SourceEncoding.lenient(("\uFEFF" + text).getBytes(StandardCharsets.UTF_8)));
        assertThat(other.problems()).isEmpty();
        assertThat(other.content()).isEqualTo(plain.content());
        assertThat(contents(other)).isEqualTo(contents(plain));
        assertThat(other.declarations().stream().map(Declaration::shape))
                .isEqualTo(plain.declarations().stream().map(Declaration::shape).toList());
        assertThat(other.declarations().stream().map(Declaration::declaration))
                .isEqualTo(plain.declarations().stream()
                        .map(Declaration::declaration)
                        .toList());
        for (Declaration each : other.declarations()) {
            assertThat(text.substring(each.nameOffset())).startsWith(nameInText(other, each));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void content_oneTokenChanged_changesAlongThePathUpOnly(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> tokens = tokens(SourceGenerator.file(random));
        SyntaxFile before = parse(String.join(" ", tokens));
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).matches("\\d+")) {
                numbers.add(i);
            }
        }
        int changed = numbers.get(random.nextInt(numbers.size()));
        int offset = String.join(" ", tokens.subList(0, changed)).length() + 1;
        tokens.set(changed, tokens.get(changed) + "7");
        SyntaxFile after = parse(String.join(" ", tokens));
        assertThat(after.content()).isNotEqualTo(before.content());
        Set<Integer> expected = enclosing(before, offset);
        for (int i = 0; i < before.declarations().size(); i++) {
            boolean differs = !after.declarations()
                    .get(i)
                    .content()
                    .equals(before.declarations().get(i).content());
            assertThat(differs)
                    .as("%s of seed %s", before.declarations().get(i), seed)
                    .isEqualTo(expected.contains(i));
            assertThat(after.declarations().get(i).shape())
                    .isEqualTo(before.declarations().get(i).shape());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void parse_damagedText_neverThrowsAndStaysSound(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = SourceGenerator.file(random).getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 1 + random.nextInt(6); i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            String text = SourceEncoding.lenient(bytes);
            SyntaxFile file = parse(text);
            for (int i = 0; i < file.declarations().size(); i++) {
                Declaration each = file.declarations().get(i);
                assertThat(each.parent()).isBetween(-1, i - 1);
                assertThat(each.span().end()).isLessThanOrEqualTo(text.length());
                assertThat(each.nameOffset())
                        .isBetween(each.span().start(), each.span().end() - 1);
            }
        }
    }

    private static String nameInText(SyntaxFile file, Declaration declaration) {
        return switch (declaration.name()) {
            case "<init>" -> file.declarations().get(declaration.parent()).name();
            case "<clinit>" -> "static";
            default -> declaration.name();
        };
    }

    /** The declaration that an offset belongs to, and those around it. */
    private static Set<Integer> enclosing(SyntaxFile file, int offset) {
        int innermost = -1;
        for (int i = 0; i < file.declarations().size(); i++) {
            Declaration each = file.declarations().get(i);
            if (each.span().start() <= offset && offset < each.span().end()) {
                innermost = i;
            }
        }
        Set<Integer> path = new HashSet<>();
        for (int at = innermost; at >= 0; at = file.declarations().get(at).parent()) {
            path.add(at);
        }
        return path;
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            if (!matcher.group().startsWith("/*")) {
                tokens.add(matcher.group());
            }
        }
        return tokens;
    }
}
