package io.loom.metrics.examples.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.loom.metrics.examples.dashboards.DashboardFile.Panel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every dashboard, as it is delivered. */
class DashboardRulesTest {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)}?");
    private static final Pattern BUILT_IN = Pattern.compile("__\\w+");
    private static final Pattern ADDRESS =
            Pattern.compile("/d/([\\w-]+)\\?\\$\\{__url_time_range}&\\$\\{__all_variables}");

    @ParameterizedTest
    @MethodSource("files")
    void ids_ofOneDashboard_areUnique(DashboardFile file) {
        assertThat(file.withRows().map(panel -> panel.path("id").asInt()))
                .doesNotHaveDuplicates()
                .allMatch(id -> id > 0);
    }

    @ParameterizedTest
    @MethodSource("files")
    void panels_ofOneDashboard_doNotOverlap(DashboardFile file) {
        Set<List<Integer>> taken = new HashSet<>();
        file.withRows().map(panel -> panel.path("gridPos")).forEach(place -> {
            int left = place.path("x").asInt(-1);
            int right = left + place.path("w").asInt();
            assertThat(left).isNotNegative();
            assertThat(right).isGreaterThan(left).isLessThanOrEqualTo(24);
            for (int x = left; x < right; x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    assertThat(taken.add(List.of(x, place.path("y").asInt() + y)))
                            .as("free place %d, %s", x, place)
                            .isTrue();
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("files")
    void lines_ofOneDashboard_areFilled(DashboardFile file) {
        int area = file.withRows()
                .map(panel -> panel.path("gridPos"))
                .mapToInt(place -> place.path("w").asInt() * place.path("h").asInt())
                .sum();
        int bottom = file.withRows()
                .map(panel -> panel.path("gridPos"))
                .mapToInt(place -> place.path("y").asInt() + place.path("h").asInt())
                .max()
                .orElse(0);
        assertThat(area).isEqualTo(24 * bottom);
    }

    @ParameterizedTest
    @MethodSource("files")
    void variables_ofOneDashboard_areThoseThatItUses(DashboardFile file) {
        List<String> declared = file.variables().stream()
                .map(variable -> variable.path("name").asText())
                .toList();
        assertThat(used(file)).containsExactlyInAnyOrderElementsOf(declared);
        assertThat(declared).startsWith("datasource", "job", "instance");
    }

    @ParameterizedTest
    @MethodSource("files")
    void dataSources_ofOneDashboard_areTheOneThatTheReaderChose(DashboardFile file) {
        List<JsonNode> sources = file.root().findValues("datasource");
        assertThat(sources).isNotEmpty().allSatisfy(source -> {
            assertThat(source.path("type").asText()).isEqualTo("prometheus");
            assertThat(source.path("uid").asText()).isEqualTo("${datasource}");
        });
        assertThat(file.panels()).allSatisfy(panel -> {
            assertThat(panel.node().has("datasource")).isTrue();
            assertThat(DashboardFile.stream(panel.node().path("targets"))).allMatch(target -> target.has("datasource"));
        });
    }

    @ParameterizedTest
    @MethodSource("files")
    void panels_ofOneDashboard_sayWhatTheyShow(DashboardFile file) {
        assertThat(file.panels()).isNotEmpty().allSatisfy(panel -> {
            JsonNode defaults = panel.node().at("/fieldConfig/defaults");
            assertThat(panel.title()).isNotBlank();
            assertThat(panel.node().path("description").asText()).contains("`: ");
            assertThat(defaults.path("unit").asText()).isNotBlank();
            assertThat(defaults.path("noValue").asText()).isNotBlank();
            assertThat(defaults.at("/mappings/0/options/match").asText()).isEqualTo("null+nan");
            assertThat(panel.queries()).isNotEmpty().allMatch(query -> !query.isBlank());
        });
        assertThat(file.panels()).extracting(Panel::title).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("files")
    void links_ofOneDashboard_leadToDashboardsAndKeepVariablesAndTime(DashboardFile file) throws IOException {
        List<String> uids =
                files().stream().map(other -> other.root().path("uid").asText()).toList();
        assertThat(uids).contains(file.name());
        assertThat(DashboardFile.stream(file.root().path("links")))
                .singleElement()
                .satisfies(link -> {
                    assertThat(link.path("type").asText()).isEqualTo("dashboards");
                    assertThat(link.path("tags")).isEqualTo(file.root().path("tags"));
                    assertThat(link.path("includeVars").asBoolean()).isTrue();
                    assertThat(link.path("keepTime").asBoolean()).isTrue();
                });
        for (Panel panel : file.panels()) {
            assertThat(DashboardFile.stream(panel.node().path("links"))).allSatisfy(link -> {
                assertThat(link.path("url").asText()).matches(ADDRESS);
                assertThat(uids)
                        .contains(ADDRESS.matcher(link.path("url").asText()).replaceAll("$1"));
            });
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void exemplars_ofQuantilesOfWaiting_areShown(DashboardFile file) {
        for (Panel panel : file.panels()) {
            if (waits(panel) && !panel.node().path("type").asText().equals("table")) {
                assertThat(DashboardFile.stream(panel.node().path("targets")))
                        .as(panel.title())
                        .allMatch(target -> target.path("exemplar").asBoolean());
            }
        }
    }

    @Test
    void quantilesOfWaiting_areFound() throws IOException {
        assertThat(files().stream().flatMap(file -> file.panels().stream()).filter(DashboardRulesTest::waits))
                .hasSizeGreaterThan(5);
    }

    private static boolean waits(Panel panel) {
        return panel.queries().stream()
                .anyMatch(query ->
                        query.matches("histogram_quantile.*_(duration|first_token|output_token)_seconds_bucket.*")
                                && !query.contains("loom_session_")
                                && !query.contains("loom_metrics_"));
    }

    private static Set<String> used(DashboardFile file) {
        List<String> texts = new ArrayList<>();
        file.panels().forEach(panel -> texts.addAll(panel.queries()));
        file.root().findValues("uid").forEach(uid -> texts.add(uid.asText()));
        file.variables()
                .forEach(variable ->
                        texts.add(variable.path("query").path("query").asText()));
        Set<String> used = new HashSet<>();
        for (String text : texts) {
            VARIABLE.matcher(text)
                    .results()
                    .map((MatchResult match) -> match.group(1))
                    .filter(name -> !BUILT_IN.matcher(name).matches())
                    .forEach(used::add);
        }
        return used;
    }

    static List<DashboardFile> files() throws IOException {
        return DashboardFile.all();
    }
}
