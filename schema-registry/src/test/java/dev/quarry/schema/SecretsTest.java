package dev.quarry.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets are written in parts, so that no scanner of repositories takes them for real ones. */
class SecretsTest {
    private static final String VALUE = "hunter2" + "hunter2";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "why does password=" + VALUE + " fail?",
                "the db.password is " + VALUE,
                "apiKey: \"" + VALUE + "\"",
                "{\"password\": \"" + VALUE + "\"}",
                "password = '" + VALUE + ", as one says",
                "header Authorization: Bearer " + VALUE,
                "jdbc:postgresql://me:" + VALUE + "@db/x",
                "JDBC:POSTGRESQL://ME:" + VALUE + "@DB/X",
                "key sk-" + VALUE,
                "token ghp_" + VALUE + VALUE,
                "AKIAHUNTER2HUNTER234 hunter2hunter",
                "eyJhbGciOiJIUzI1NiJ9." + VALUE + "." + VALUE,
                "-----BEGIN RSA " + "PRIVATE KEY-----\n" + VALUE + "\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN " + "PRIVATE KEY-----\n" + VALUE
            })
    void redacted_secrets_leavesAMark(String text) {
        assertThat(Secrets.isIn(text)).isTrue();
        String clean = Secrets.redacted(text);
        assertThat(clean).contains(Secrets.MARK).doesNotContain(VALUE);
        assertThat(Secrets.isIn(clean)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789",
                "Authorization: Bearer " + "abcdefghijklmnopqrstuvwxyz012345",
                "password = \"hunter" + "22\"",
                "the api_key is s3cr" + "3tvalue",
                "the passwordis s3cr" + "3tvalue"
            })
    void isIn_otherWaysToWriteThem_areSeen(String text) {
        assertThat(Secrets.isIn(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Where is the password checked?",
                "How is the password hashed?",
                "What does PasswordEncoder#matches(java.lang.CharSequence,java.lang.String) do?",
                "content 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "How is a bearer token read?",
                "the token is read from the file 'token'",
                "https://example.org:8080/path",
                "List<String> keys = Map.of();"
            })
    void redacted_questionsAboutCode_stayAsTheyAre(String text) {
        assertThat(Secrets.redacted(text)).isEqualTo(text);
        assertThat(Secrets.isIn(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"String password = config.getPassword();", "password=${db.password}"})
    void isIn_valueThatMayAsWellBeCode_isTakenForASecret(String text) {
        assertThat(Secrets.isIn(text)).isTrue();
    }

    @Test
    void redacted_severalSecrets_redactsEach() {
        assertThat(Secrets.redacted("password=abcdefgh and secret=ijklmnop."))
                .isEqualTo("password=" + Secrets.MARK + " and secret=" + Secrets.MARK);
    }
}
