package dev.quarry.mcp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.schema.QuarryException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PagingTest {
    private static final Arguments ASKED = new Arguments(Map.of("query", "x", "limit", 3));

    private static List<String> rows(int count, int length) {
        return IntStream.range(0, count)
                .mapToObj(i -> i + "-" + "x".repeat(length))
                .toList();
    }

    @Test
    void page_rowsThatFit_areOneReply() {
        Paging.Page<String> page = new Paging("t", ASKED, 7).page(rows(10, 10), Optional.empty());
        assertThat(page.rows()).hasSize(10);
        assertThat(page.next()).isEmpty();
    }

    @Test
    void page_moreThanFit_comesOnceAndInOrderOverSeveralReplies() {
        List<String> rows = rows(100, 1_000);
        List<String> seen = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        int replies = 0;
        do {
            Paging.Page<String> page = new Paging("t", ASKED, 7).page(rows, cursor);
            assertThat(page.rows().stream().mapToInt(String::length).sum()).isLessThanOrEqualTo(Paging.ROWS_CHARS);
            assertThat(page.first()).isEqualTo(seen.size());
            seen.addAll(page.rows());
            cursor = page.next();
            replies++;
        } while (cursor.isPresent());
        assertThat(seen).isEqualTo(rows);
        assertThat(replies).isEqualTo(6);
    }

    @Test
    void page_rowThatFitsNowhere_isToldAlone() {
        Paging.Page<String> page = new Paging("t", ASKED, 7).page(rows(2, 3 * Paging.ROWS_CHARS), Optional.empty());
        assertThat(page.rows()).hasSize(1);
        assertThat(new Paging("t", ASKED, 7)
                        .page(rows(2, 3 * Paging.ROWS_CHARS), page.next())
                        .next())
                .isEmpty();
    }

    @Test
    void cursor_ofAnotherToolQuestionOrState_isRefused() {
        List<String> rows = rows(100, 1_000);
        Optional<String> cursor =
                new Paging("t", ASKED, 7).page(rows, Optional.empty()).next();
        assertThat(cursor).isPresent();
        assertThatThrownBy(() -> new Paging("u", ASKED, 7).page(rows, cursor))
                .isInstanceOf(QuarryException.class)
                .hasMessageContaining("another question");
        assertThatThrownBy(() -> new Paging("t", new Arguments(Map.of("query", "y")), 7).page(rows, cursor))
                .hasMessageContaining("another question");
        assertThatThrownBy(() -> new Paging("t", ASKED, 8).page(rows, cursor)).hasMessageContaining("has changed");
        String tooLarge = Base64.getUrlEncoder().encodeToString("9999999999999999999:0:1".getBytes(US_ASCII));
        for (String wrong : List.of("???", tooLarge)) {
            assertThatThrownBy(() -> new Paging("t", ASKED, 7).page(rows, Optional.of(wrong)))
                    .isInstanceOf(QuarryException.class)
                    .hasMessageContaining("no cursor");
        }
    }

    @Test
    void cursor_amongTheArguments_isNoPartOfTheQuestion() {
        List<String> rows = rows(100, 1_000);
        String cursor =
                new Paging("t", ASKED, 7).page(rows, Optional.empty()).next().orElseThrow();
        Arguments with = new Arguments(Map.of("query", "x", "limit", 3, "cursor", cursor));
        assertThat(new Paging("t", with, 7).page(rows, Optional.of(cursor)).first())
                .isPositive();
    }
}
