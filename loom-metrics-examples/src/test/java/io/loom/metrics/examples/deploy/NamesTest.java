package io.loom.metrics.examples.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.examples.deploy.Promql.Selector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules, alerts and documents name only what exists, and every metric of the catalogue is in one of them. */
class NamesTest {
    @TempDir
    private Path directory;

    @Test
    void names_inAllQueries_areKnown() throws IOException {
        assertThat(wrong(all(), Kit.RULES)).isEmpty();
    }

    @Test
    void catalogue_everyMetric_isAskedForSomewhere() throws IOException {
        Set<String> used = all().stream()
                .flatMap(query -> Promql.of(query.expression()).selectors().stream())
                .map(Selector::metric)
                .collect(Collectors.toSet());

        assertThat(LoomMeter.values())
                .filteredOn(meter -> KnownMetrics.namesOf(meter).stream().noneMatch(used::contains))
                .isEmpty();
    }

    @Test
    void foreignMetrics_all_areUsed() throws IOException {
        Set<String> used = all().stream()
                .flatMap(query -> Promql.of(query.expression()).selectors().stream())
                .map(Selector::metric)
                .collect(Collectors.toSet());

        assertThat(ForeignMetric.all()).allSatisfy(metric -> {
            assertThat(used).contains(metric.name());
            assertThat(metric.source()).contains(": ");
        });
    }

    @Test
    void namesOnTheWire_ofTheCatalogue_areThoseOfTheDocument() throws IOException {
        String document = Kit.document("metrics.md");

        assertThat(LoomMeter.values())
                .allSatisfy(meter -> assertThat(document).contains("\n| `" + KnownMetrics.nameOf(meter) + "` |"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    up{job="loom"} == 0; upp{job="loom"} == 0; metric upp
                    changes(process_start; changes(proces_start; metric proces_start_time_seconds
                    error_type=~"timeout; error_kind=~"timeout; label error_kind of loom_llm_errors_total
                    |network|; |net_work|; value net_work of error_type
                    min by (job, provider, model, resource) (predict; min by (job, prov, model, resource) (predict; label prov
                    job:http_requests:rate1h > 1 / 60; job:http_request:rate1h > 1 / 60; metric job:http_request:rate1h
                    """)
    void names_plantedInTheAlerts_areFound(String right, String wrong, String finding) throws IOException {
        String alerts = Files.readString(Kit.ALERTS);
        assertThat(alerts).contains(right);
        Path copy = Files.writeString(directory.resolve("alerts.yml"), alerts.replace(right, wrong));

        assertThat(wrong(Query.ofRules(copy), Kit.RULES))
                .hasSize(1)
                .first()
                .asString()
                .endsWith(": " + finding);
    }

    @Test
    void names_plantedInTheRules_areFoundThereAndWhereTheyAreUsed() throws IOException {
        String rules = Files.readString(Kit.RULES)
                .replace("record: job:loom_user_rating:mean_rate1h", "record: job:loom_user_rating:average_rate1h")
                .replace("increase(loom_rules_executed_total[1d])", "increase(loom_rule_executed_total[1d])");
        Path copy = Files.writeString(directory.resolve("rules.yml"), rules);
        List<Query> queries = new ArrayList<>(Query.ofRules(copy));
        queries.addAll(Query.ofRules(Kit.ALERTS));

        assertThat(wrong(queries, copy))
                .containsExactly(
                        "job_rule_type:loom_rules_executed:increase1d: metric loom_rule_executed_total",
                        "job_rule_type:loom_rules_executed:increase1d: label rule_type",
                        "SatisfactionDrop: metric job:loom_user_rating:mean_rate1h");
    }

    @Test
    void names_plantedInADashboard_areFound() throws IOException {
        Files.writeString(directory.resolve("planted.json"), """
                {"panels": [{"targets": [{"expr": "up"}, {"expr": "sum(rate(loom_llm_request_total[$__rate_interval]))"}]}]}
                """);

        assertThat(wrong(Query.ofDashboards(directory), Kit.RULES))
                .containsExactly("planted.json: metric loom_llm_request_total");
    }

    @Test
    void names_plantedInADocument_areFound() throws IOException {
        Files.writeString(directory.resolve("planted.md"), "```promql\nloom_sessions_activ\n```\n");

        assertThat(wrong(Query.ofDocuments(directory), Kit.RULES))
                .containsExactly("planted.md: metric loom_sessions_activ");
    }

    @Test
    void bucketBounds_inAllQueries_areBoundsOfTheirHistograms() throws IOException {
        assertThat(all())
                .allSatisfy(query -> assertThat(wrongBounds(query.expression()))
                        .as("%s", query)
                        .isEmpty());
        assertThat(wrongBounds("loom_user_rating_bucket{le=\"2.5\"} / http_request_duration_seconds_bucket{le=\"2\"}"))
                .containsExactly("2.5", "2");
    }

    /** {@return all queries of the kit; a folder of dashboards is one more line} */
    private static List<Query> all() throws IOException {
        List<Query> queries = new ArrayList<>(Query.ofRules(Kit.RULES));
        queries.addAll(Query.ofRules(Kit.ALERTS));
        queries.addAll(Query.ofDocuments(Kit.ROOT.resolve("docs")));
        return queries;
    }

    private static List<String> wrong(List<Query> queries, Path recordingRules) throws IOException {
        KnownMetrics known = KnownMetrics.of(ForeignMetric.all(), recordingRules);
        return queries.stream()
                .flatMap(
                        query -> known.wrongNames(query.expression()).stream().map(name -> query.where() + ": " + name))
                .toList();
    }

    /** {@return the values of {@code le} that the catalogue's histograms do not have, as the page prints them} */
    private static List<String> wrongBounds(String expression) {
        return Promql.of(expression).selectors().stream()
                .flatMap(selector -> selector.matchers().stream()
                        .filter(matcher -> matcher.label().equals("le"))
                        .map(Promql.Matcher::value)
                        .filter(bound -> !bounds(selector.metric()).contains(bound)))
                .toList();
    }

    private static Set<String> bounds(String name) {
        return Arrays.stream(LoomMeter.values())
                .filter(meter -> name.equals(KnownMetrics.nameOf(meter) + "_bucket"))
                .flatMapToDouble(meter -> Arrays.stream(meter.spec().buckets().upperBounds()))
                .mapToObj(Double::toString)
                .collect(Collectors.toSet());
    }
}
