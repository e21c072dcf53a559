package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the content types of all formats that Prometheus reads. */
class NegotiatorTest {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPENMETRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final String PROTOBUF =
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";

    private final Negotiator<String> negotiator =
            new Negotiator<>(List.of(TEXT, OPENMETRICS, PROTOBUF), format -> format);

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "*/*",
                "text/*",
                "text/plain",
                "text/plain;version=0.0.4",
                "text/plain; charset=UTF-8",
                // a browser
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                // nothing that there is
                "application/json",
                "text/plain;version=1.0.0;escaping=allow-utf-8",
                "application/openmetrics-text;version=0.0.1",
                "application/openmetrics-text;version=2.0.0",
                "application/vnd.google.protobuf;proto=other.Type;encoding=delimited",
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=text",
                // nothing at all
                "*/*;q=0",
                "text/plain;q=0,application/openmetrics-text;q=0,application/vnd.google.protobuf;q=0",
                // malformed
                "}{,;;q=1,/",
                "application/openmetrics-text;q=high",
            })
    void choose_forWhoNamesItOrNothingElse_isText(String accept) {
        assertThat(negotiator.choose(accept)).isEqualTo(new Negotiator.Choice<>(TEXT, TEXT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/openmetrics-text",
                "application/openmetrics-text;version=1.0.0",
                "APPLICATION/OpenMetrics-Text; Version=\"1.0.0\"; charset=utf-8",
                "application/openmetrics-text;version=1.0.0;validator=anything",
                // Prometheus 2.26 to 2.48
                "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
                // named more precisely than by a wildcard
                "*/*,application/openmetrics-text",
                "application/*;q=0.9,application/vnd.google.protobuf;q=0.1,text/plain;q=0.5",
                // named first
                "application/openmetrics-text,text/plain",
                // all but the others
                "*/*,text/plain;q=0,application/vnd.google.protobuf;q=0",
            })
    void choose_forWhoLikesItBest_isOpenMetrics(String accept) {
        assertThat(negotiator.choose(accept)).isEqualTo(new Negotiator.Choice<>(OPENMETRICS, OPENMETRICS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.google.protobuf",
                // Prometheus 1
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.7,"
                        + "text/plain;version=0.0.4;q=0.3,*/*;q=0.1",
                // Prometheus 2.40 to 2.48 with native histograms
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,"
                        + "application/openmetrics-text;version=1.0.0;q=0.8,"
                        + "application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
                // Prometheus 3 with native histograms
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,"
                        + "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
                        + "application/openmetrics-text;version=0.0.1;q=0.4,"
                        + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1",
            })
    void choose_forWhoLikesItBest_isProtobuf(String accept) {
        assertThat(negotiator.choose(accept)).isEqualTo(new Negotiator.Choice<>(PROTOBUF, PROTOBUF));
    }

    @Test
    void choose_forPrometheus3_isOpenMetricsAndTellsTheEscaping() {
        assertThat(
                        negotiator.choose(
                                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                                        + "application/openmetrics-text;version=0.0.1;q=0.5,"
                                        + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2"))
                .isEqualTo(new Negotiator.Choice<>(OPENMETRICS, OPENMETRICS + "; escaping=allow-utf-8"));
    }

    @ParameterizedTest
    @CsvSource({
        "allow-utf-8, ; escaping=allow-utf-8",
        "underscores, ; escaping=underscores",
        "values, ; escaping=values",
        "dots, ; escaping=underscores",
        "sideways, ''",
        "'', ''",
    })
    void choose_withAnEscaping_tellsTheOneThatWasUsed(String wanted, String told) {
        assertThat(negotiator.choose("application/openmetrics-text;version=1.0.0;escaping=" + wanted))
                .isEqualTo(new Negotiator.Choice<>(OPENMETRICS, OPENMETRICS + told));
    }

    @Test
    void choose_byAWeightThatAMorePreciseRangeTakesBack_isTheOther() {
        assertThat(negotiator.choose(
                        "text/plain;q=0.9,text/plain;version=0.0.4;q=0.1,application/openmetrics-text;q=0.5"))
                .isEqualTo(new Negotiator.Choice<>(OPENMETRICS, OPENMETRICS));
    }

    @Test
    void choose_whereTextIsNotOffered_isTheFirstForWhoNamesNone() {
        Negotiator<String> without = new Negotiator<>(List.of(OPENMETRICS, PROTOBUF), format -> format);

        assertThat(without.choose("text/plain").format()).isEqualTo(OPENMETRICS);
        assertThat(without.choose("application/*;q=0.1,application/openmetrics-text;q=0")
                        .format())
                .isEqualTo(PROTOBUF);
    }
}
