package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            })
    void of_text_isRecognised(String text, QueryShape expected) {
        assertThat(QueryShape.of(text)).isEqualTo(expected);
    }
}
