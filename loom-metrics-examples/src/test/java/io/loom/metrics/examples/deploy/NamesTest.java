package io.loom.metrics.examples.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.examples.promql.CatalogueNames;
import io.loom.metrics.examples.promql.ForeignMetrics;
import io.loom.metrics.examples.promql.KnownMetric;
import io.loom.metrics.examples.promql.KnownMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules, alerts, their tests, dashboards and documents name only what exists, and every metric of the catalogue is asked for. */
class NamesTest {
    private static final Path DOCUMENTS = Kit.ROOT.resolve("docs");
    private static final Path DASHBOARDS = Kit.DEPLOY.resolve("grafana-dashboards");
    private static final Path TESTS = Kit.DEPLOY.resolve("tests");
    private static final Pattern LABEL = Pattern.compile("\\$labels\\.(\\w+)");

    @TempDir
    private Path directory;

    @Test
    void names_inAllQueries_areKnown() throws IOException {
        assertThat(faults(everything(), Kit.RULES)).isEmpty();
    }

    @Test
    void names_ofSeriesThatTestsMakeUp_areKnown() throws IOException {
        assertThat(Query.ofTests(TESTS)).hasSizeGreaterThan(100);
        assertThat(faults(Query.ofTests(TESTS), Kit.RULES)).isEmpty();
    }

    @Test
    void catalogue_everyMetric_isAskedForByRulesOrDocuments() throws IOException {
        KnownMetrics known = KnownMetrics.all();
        Set<String> used = used(rulesAndDocuments()).stream()
                .flatMap(sample -> known.find(sample).stream())
                .map(KnownMetric::name)
                .collect(Collectors.toSet());

        assertThat(LoomMeter.values()).extracting(CatalogueNames::of).isSubsetOf(used);
    }

    @Test
    void foreignMetrics_all_areAskedFor() throws IOException {
        assertThat(ForeignMetrics.all()).extracting(KnownMetric::name).isSubsetOf(used(everything()));
    }

    @Test
    void namesOnTheWire_ofTheCatalogue_areThoseOfTheDocument() throws IOException {
        String document = Kit.document("metrics.md");

        assertThat(LoomMeter.values())
                .allSatisfy(meter -> assertThat(document).contains("\n| `" + CatalogueNames.of(meter) + "` |"));
    }

    @Test
    void labels_inTheTextsOfAlerts_areOnesThatTheAlertHas() throws IOException {
        KnownMetrics known = known(Kit.RULES);

        assertThat(Rule.alerts(Kit.ALERTS))
                .allSatisfy(alert -> assertThat(known.labels(alert.expr()))
                        .as(alert.name())
                        .containsAll(shown(alert.annotations().values())));
        assertThat(shown(List.of("{{ $labels.job }} of {{ $labels.zone }}"))).containsExactlyInAnyOrder("job", "zone");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    up{job="loom"} == 0; upp{job="loom"} == 0; there is no metric upp
                    changes(process_start; changes(proces_start; there is no metric proces_start_time_seconds
                    error_type=~"timeout; error_kind=~"timeout; loom_llm_errors_total has no label error_kind
                    |network|; |net_work|; error_type of loom_llm_errors_total is never net_work
                    min by (job, provider, model, resource) (predict; min by (job, prov, model, resource) (predict; there is no label prov
                    job:http_requests:rate1h > 1 / 60; job:http_request:rate1h > 1 / 60; there is no metric job:http_request:rate1h
                    """)
    void names_plantedInTheAlerts_areFound(String right, String wrong, String fault) throws IOException {
        Path copy = plant(Kit.ALERTS, right, wrong);

        assertThat(faults(Query.ofRules(copy), Kit.RULES)).anyMatch(found -> found.contains(": " + fault));
    }

    @Test
    void names_plantedInTheRules_areFoundThereAndWhereTheyAreUsed() throws IOException {
        Path once = plant(
                Kit.RULES, "record: job:loom_user_rating:mean_rate1h", "record: job:loom_user_rating:average_rate1h");
        Path copy = plant(once, "increase(loom_rules_executed_total[1d])", "increase(loom_rule_executed_total[1d])");
        List<Query> queries = new ArrayList<>(Query.ofRules(copy));
        queries.addAll(Query.ofRules(Kit.ALERTS));

        assertThat(faults(queries, copy))
                .containsExactly(
                        "job_rule_type:loom_rules_executed:increase1d: there is no metric loom_rule_executed_total",
                        "SatisfactionDrop: there is no metric job:loom_user_rating:mean_rate1h");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    prometheus-rules.yml; http_requests_total{job="loom", status=; http_requests_total{job="loom", code=; http_requests_total has no label code
                    prometheus-rules.yml; sum by (job, cache_type); sum by (job, cache); there is no label cache to aggregate by
                    prometheus-rules.yml; le="2.0"; le="2.1"; le of http_request_duration_seconds_bucket is never 2.1
                    grafana-dashboards/loom-llm.json; loom_llm_errors_total; loom_llm_error_total; there is no metric loom_llm_error_total
                    grafana-dashboards/loom-llm.json; by (error_type); by (error_types); there is no label error_types to aggregate by
                    grafana-dashboards/loom-llm.json; label_values(loom_build_info; label_values(loom_build; there is no metric loom_build
                    grafana-dashboards/loom-system.json; node_load1{; node_load01{; there is no metric node_load01
                    grafana-dashboards/loom-system.json; mode=; modus=; node_cpu_seconds_total has no label modus
                    ../../docs/runbooks.md; loom_llm_errors_total; loom_llm_error_total; there is no metric loom_llm_error_total
                    ../../docs/runbooks.md; provider, error_type); provider, error_types); there is no label error_types to aggregate by
                    ../../docs/queries.md; loom_user_rating_sum; loom_user_ratings_sum; there is no metric loom_user_ratings_sum
                    ../../docs/queries.md; type="; types="; has no label interaction_types
                    tests/llm.yml; loom_llm_errors_total{; loom_llm_error_total{; there is no metric loom_llm_error_total
                    """)
    void names_plantedInACopy_areFound(String file, String right, String wrong, String fault) throws IOException {
        plant(Kit.DEPLOY.resolve(file), right, wrong);

        assertThat(faults(planted(), Kit.RULES)).anyMatch(found -> found.contains(fault));
    }

    private Path plant(Path file, String right, String wrong) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(right);
        return Files.writeString(directory.resolve(file.getFileName()), text.replace(right, wrong));
    }

    private List<Query> planted() throws IOException {
        List<Query> queries = new ArrayList<>(Query.ofTests(directory));
        for (Path file : Kit.files(directory, "-rules.yml")) {
            queries.addAll(Query.ofRules(file));
        }
        queries.addAll(Query.ofDashboards(directory));
        queries.addAll(Query.ofDocuments(directory));
        return queries;
    }

    private static List<Query> rulesAndDocuments() throws IOException {
        List<Query> queries = new ArrayList<>(Query.ofRules(Kit.RULES));
        queries.addAll(Query.ofRules(Kit.ALERTS));
        queries.addAll(Query.ofDocuments(DOCUMENTS));
        return queries;
    }

    private static List<Query> everything() throws IOException {
        List<Query> queries = new ArrayList<>(rulesAndDocuments());
        queries.addAll(Query.ofDashboards(DASHBOARDS));
        return queries;
    }

    private static Set<String> used(List<Query> queries) {
        return queries.stream()
                .flatMap(query -> KnownMetrics.named(query.expression()).stream())
                .collect(Collectors.toSet());
    }

    private static KnownMetrics known(Path recordingRules) throws IOException {
        KnownMetrics known = KnownMetrics.all();
        for (Rule rule : Rule.recording(recordingRules)) {
            known = known.recording(rule.name(), rule.expr());
        }
        return known;
    }

    private static List<String> faults(List<Query> queries, Path recordingRules) throws IOException {
        KnownMetrics known = known(recordingRules);
        return queries.stream()
                .flatMap(query -> known.faults(query.expression()).stream().map(fault -> query.where() + ": " + fault))
                .toList();
    }

    private static Set<String> shown(Collection<String> texts) {
        return texts.stream()
                .flatMap(text -> LABEL.matcher(text).results())
                .map(label -> label.group(1))
                .collect(Collectors.toSet());
    }
}
