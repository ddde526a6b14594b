package dev.quarry.ask;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final String VALUE = "hunter2hunter2";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "why does password=" + VALUE + " fail?",
                "the db.password is " + VALUE,
                "apiKey: \"" + VALUE + "\"",
                "header Authorization: Bearer " + VALUE,
                "jdbc:postgresql://me:" + VALUE + "@db/x",
                "key sk-" + VALUE,
                "token ghp_" + VALUE + VALUE,
                "AKIAHUNTER2HUNTER234 hunter2hunter",
                "eyJhbGciOiJIUzI1NiJ9." + VALUE + "." + VALUE,
                "-----BEGIN RSA PRIVATE KEY-----\n" + VALUE + "\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\n" + VALUE
            })
    void of_secrets_leavesAMark(String text) {
        String clean = Redaction.of(text);
        assertThat(clean).contains(Redaction.MARK).doesNotContain(VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Where is the password checked?",
                "What does PasswordEncoder#matches(java.lang.CharSequence,java.lang.String) do?",
                "content 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "How is a bearer token read?",
                "List<String> keys = Map.of();"
            })
    void of_questionsAboutCode_staysAsItIs(String text) {
        assertThat(Redaction.of(text)).isEqualTo(text);
    }

    @Test
    void of_severalSecrets_redactsEach() {
        assertThat(Redaction.of("password=abcdefgh and secret=ijklmnop."))
                .isEqualTo("password=" + Redaction.MARK + " and secret=" + Redaction.MARK);
    }
}
