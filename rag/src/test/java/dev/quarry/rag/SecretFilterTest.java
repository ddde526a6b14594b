package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFilterTest {
    /** Written in parts, so that no scanner of repositories takes them for real ones. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN RSA " + "PRIVATE KEY-----",
                "key AKIA" + "ABCDEFGHIJKLMNOP is used",
                "ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789",
                "Authorization: Bearer " + "abcdefghijklmnopqrstuvwxyz012345",
                "password = \"hunter" + "22\"",
                "the api_key is s3cr" + "3tvalue",
                "jdbc:postgresql://user:pass" + "word@host/db",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx" + "In0abc.c2lnbmF0dXJl"
            })
    void holdsSecret_writtenOut_isSeen(String text) {
        assertThat(SecretFilter.holdsSecret(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "How is the password hashed?",
                "String password = config.getPassword();",
                "the token is read from the file 'token'",
                "password=${db.password}",
                "sequence 0123456789abcdef0123456789abcdef",
                "https://example.org:8080/path"
            })
    void holdsSecret_namesAlone_areNone(String text) {
        assertThat(SecretFilter.holdsSecret(text)).isFalse();
    }
}
