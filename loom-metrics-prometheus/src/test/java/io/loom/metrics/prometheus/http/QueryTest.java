package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.prometheus.ScrapeDeadline;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
    @Test
    void names_repeatedAndEncoded_areAllDecoded() throws RefusedException {
        assertThat(Query.names(
                        "name[]=a_total&x=1&name%5B%5D=%E5%A5%87&name[]=b+c&name[]=a_total&name%5b]=d=e&name[]="))
                .containsExactlyInAnyOrder("a_total", "奇", "b c", "d=e", "");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "&", "&&=&", "name=a", "name[]", "name[]&x", "Name[]=a", "debug=text"})
    void names_whereThereAreNone_isEmpty(String query) throws RefusedException {
        assertThat(Query.names(query)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"name[]=%", "name[]=%2", "name[]=%zz", "%=1", "%gg=1", "name[]=a&%-1=b"})
    void names_badlyEncoded_areABadRequest(String query) {
        assertThatThrownBy(() -> Query.names(query))
                .isInstanceOf(RefusedException.class)
                .hasMessage("The query must be URL-encoded: two hexadecimal digits follow each %.");
    }

    @Test
    void names_inAQueryBeyondTheLimit_areRefused() throws RefusedException {
        assertThat(Query.names("name[]=" + "a".repeat(65_529))).hasSize(1);
        assertThatThrownBy(() -> Query.names("name[]=" + "a".repeat(65_530)))
                .isInstanceOf(RefusedException.class)
                .hasMessage("The query must have 65536 characters or less: it has 65537.");
    }

    @ParameterizedTest
    @CsvSource({"60, 60", "59.5, 59.5", "45.000000001, 45.000000001", "3600, 3600", "3601, 3600", "999999999, 3600"})
    void deadline_ofANumber_isSoManySecondsAwayAndAnHourAtMost(String header, double seconds) {
        ScrapeDeadline deadline = Query.deadline(header);
        Duration most = Duration.ofNanos((long) (seconds * 1e9));

        assertThat(deadline.exists()).isTrue();
        assertThat(deadline.remaining()).isBetween(most.minusSeconds(30), most);
    }

    @Test
    void deadline_ofAMoment_passes() {
        ScrapeDeadline deadline = Query.deadline("0.000000001");
        while (!deadline.remaining().isZero()) {
            Thread.onSpinWait();
        }

        assertThat(deadline.exists()).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "0",
                "0.0",
                "-1",
                "+1",
                "1e3",
                "NaN",
                "Infinity",
                "0x1p3",
                "10s",
                "1,5",
                " 1",
                "1.",
                "1234567890",
                "10,10"
            })
    void deadline_ofAnythingElse_isNone(String header) {
        assertThat(Query.deadline(header).exists()).isFalse();
    }
}
