package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {
    private final Login both = Login.ANYONE.withPassword("prometheus", "pä:ss").withToken("t0ken");

    @Test
    void anyone_isLetInWithAndWithoutCredentials() {
        assertThatCode(() -> Login.ANYONE.check(null)).doesNotThrowAnyException();
        assertThatCode(() -> Login.ANYONE.check("Bearer x")).doesNotThrowAnyException();
    }

    @Test
    void check_theRightPasswordOrToken_letsIn() {
        assertThatCode(() -> both.check("Basic " + base64("prometheus:pä:ss"))).doesNotThrowAnyException();
        assertThatCode(() -> both.check("basic  " + base64("prometheus:pä:ss"))).doesNotThrowAnyException();
        assertThatCode(() -> both.check("Bearer t0ken")).doesNotThrowAnyException();
        assertThatCode(() -> both.check("BEARER t0ken ")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "Basic",
                "Bearer",
                "Bearer ",
                "Bearer t0keN",
                "Bearer t0ken2",
                "Basic t0ken",
                "Basic !!!",
                "Digest t0ken",
                "t0ken",
                "Bearer t0ken, Basic x",
                // prometheus:pass, prometheus:, :pä:ss, prometheus
                "Basic cHJvbWV0aGV1czpwYXNz",
                "Basic cHJvbWV0aGV1czo=",
                "Basic OnDDpDpzcw==",
                "Basic cHJvbWV0aGV1cw==",
            })
    void check_anythingElse_isUnauthorized(String authorization) {
        assertThatThrownBy(() -> both.check(authorization))
                .isInstanceOf(RefusedException.class)
                .hasMessage("Credentials are missing or wrong.");
    }

    @Test
    void check_aTokenWhereOnlyThePasswordIsSet_isUnauthorizedAndTheOtherWayRound() {
        Login password = Login.ANYONE.withPassword("u", "p");
        Login token = Login.ANYONE.withToken("u:p");

        assertThatThrownBy(() -> password.check("Bearer u:p")).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> token.check("Basic " + base64("u:p"))).isInstanceOf(RefusedException.class);
    }

    @Test
    void refusal_tellsWhatIsAskedFor() throws IOException {
        assertThat(challenges(both)).isEqualTo("Basic realm=\"metrics\", charset=\"UTF-8\", Bearer realm=\"metrics\"");
        assertThat(challenges(Login.ANYONE.withToken("t"))).isEqualTo("Bearer realm=\"metrics\"");
    }

    private static String challenges(Login login) throws IOException {
        AtomicReference<MetricsPage.Head> begun = new AtomicReference<>();
        try {
            login.check(null);
        } catch (RefusedException e) {
            e.send(true, head -> {
                begun.set(head);
                return new ByteArrayOutputStream();
            });
        }
        assertThat(begun.get().status()).isEqualTo(401);
        return begun.get().headers().get("WWW-Authenticate");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
