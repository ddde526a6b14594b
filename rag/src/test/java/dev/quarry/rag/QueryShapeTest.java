package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryShapeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "isBlank | NAME",
                "StringUtils.isBlank | NAME",
                "a.b.C#run(int) | NAME",
                "StringUtils.isBlank(CharSequence, int) | NAME",
                "tokenizer | NAME",
                "check whether a string is blank | WORDS",
                "Reads a file. | WORDS",
                "HTTP client | WORDS",
                "where is isBlank called | MIXED",
                "what does MAX_VALUE mean | MIXED",
                "NullPointerException in the parser | MIXED",
                "what parse(int) does with negative numbers | MIXED",
                "fix parse(int) for negative numbers | CHANGE",
                "[LANG-1765] Unwrap the cause | CHANGE",
                "Keep order of attributes (#1234) | CHANGE",
                "Add StringUtils.join() | CHANGE",
                "Add an element to the list | WORDS",
                "Updated the default agent | CHANGE",
                "Performance: check fewer keys | CHANGE",
                "Called when a connection is closed | WORDS",
                "trim the text | WORDS",
                "Short-circuit scans of custom tags | CHANGE",
                "In nested templates, stop processing at the end | CHANGE",
                "In nested templates, what comes first | WORDS",
                "At the end of a list, add an element | WORDS",
                "Removing unused imports | CHANGE",
                "Dropping support for JDK 8 | CHANGE",
                "Using the FileCleaningTracker now | CHANGE",
                "Removing an element from the list | WORDS",
                "Parsing json into a tree | WORDS",
                "string to int conversion | WORDS",
                "Executors should not be used for stages | CHANGE",
                "FileItem is no longer Serializable | CHANGE",
                "Returns whether the file should be read | WORDS",
                "how should a stream be closed | WORDS",
                "what if a file is no longer there | WORDS",
                "NPE at a.b.C.run(C.java:12) | TRACE",
                "SU.isB | NAME",
                "`isBlank` | NAME",
                "isBlank? | NAME",
                "`Strings.isBlank(CharSequence)`. | NAME",
                "String::isBlank | NAME",
                "where is HttpConnection? | MIXED",
                "`HttpConnection` usage | MIXED",
                "I do not understand HttpConnection, please help | MIXED",
                "explain HttpConnection. | MIXED",
                "what is the “HttpConnection” for | MIXED",
                "HttpConnection's timeout | MIXED",
                "what opens it (see HttpConnection)? | MIXED",
                "what is {@link HttpConnection} for | MIXED",
                "what does foo() do? | MIXED",
                "why foo(), and when | MIXED",
                "who calls `a.b.C#d(int)`? | MIXED",
                "pass Strings::isBlank, then | MIXED",
                "what is Object::new for | MIXED",
                "what does MAX_VALUE mean? | MIXED",
                "Reads a file, e.g. a picture. | WORDS",
                "Reads a file (i.e. all of it). | WORDS",
                "is version 1.2.3 read, or 2.0? | WORDS",
                "follows http://example.com, or another address | WORDS",
                "reading and/or writing | WORDS",
                "closes the file(s), and their folder. | WORDS",
                "JSON; XML! \"quoted\" (text) | WORDS",
            })
    void of_text_isRecognised(String text, QueryShape expected) {
        assertThat(QueryShape.of(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[LANG-1689] Null-safe joining",
                "LANG-1689: null-safe joining",
                "LANG-1689 Add null-safe joining",
                "LANG-1689 null-safe joining",
                "IO-77 Add null-safe joining",
                "[IO-77] null-safe joining",
                "(IO-77) null-safe joining",
                "docs: a comma too many",
                "feat(core): null-safe joining",
                "Fix #123 in joining",
                "#123 Fix joining",
                "null-safe joining (#77)",
                "RFC-2616 Add dates of headers",
            })
    void of_subjectOfCommit_isChange(String text) {
        assertThat(QueryShape.of(text)).isEqualTo(QueryShape.CHANGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTF-8 decoding of input streams",
                "UTF-8",
                "SHA-1 hash",
                "SHA-256 hash",
                "ISO-8601 date format",
                "ISO-8859-1 bytes",
                "HTTP-2 header compression",
                "CSS-3 selectors",
                "RFC-2616 dates",
                "CVE-2021-44228 lookups in messages",
                "JAVA-8 dates",
                "how do I set a timeout (#77)",
                "what happens on status 407 #1",
            })
    void of_standardsAndQuestions_areNoChange(String text) {
        assertThat(QueryShape.of(text)).isEqualTo(QueryShape.WORDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.IllegalStateException: closed",
                "java.io.IOException: Canceled",
                "IllegalStateException: closed",
                "java.lang.Throwable: x",
                "Caused by: java.io.IOException: unexpected end of stream",
                "Exception in thread \"main\" java.lang.NullPointerException",
                "a.b.C.run(C.java:12)",
            })
    void of_headOfTrace_isTrace(String text) {
        assertThat(QueryShape.of(text)).isEqualTo(QueryShape.TRACE);
    }

    @Test
    void of_longHostileText_isAnsweredAtOnce() {
        for (String part :
                List.of("a.", "a-", "!", "`", "at ", "at a", "$", "a<", "a$a.", "(", "Aa", "'s", "a::", "/", ": ")) {
            String text = part.repeat(SearchRequest.TRACE_MAX_CHARS / part.length());
            assertThat(QueryShape.of("x " + text + " x")).isNotNull();
            assertThat(StackTrace.of(text).gist(List.of())).hasSizeLessThanOrEqualTo(StackTrace.GIST_CHARS);
        }
    }
}
