package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the live page, as its policy and its readers ask for them. */
class DashboardFilesTest {
    private static final Path FOLDER = Path.of(
            System.getProperty("loom.root"),
            "loom-metrics-prometheus/src/main/resources/io/loom/metrics/prometheus/http/dashboard");
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"]*)\"");
    private static final Pattern IMPORT = Pattern.compile("from \"\\./([^\"]*)\"");
    private static final Set<String> FROM_UPLOT = Set.of("uPlot.iife.min.js", "uPlot.min.css");

    private final DashboardPage page = DashboardPage.create();

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void html_inEitherForm_hasNothingThatThePolicyForbids(String path) throws IOException {
        String html = body(path);

        assertThat(html).startsWith("<!DOCTYPE html>\n<html lang=\"en\">");
        assertThat(html).doesNotContainPattern("(?i)<style|<base|<form|<iframe|<object|<embed|javascript:|http-equiv");
        assertThat(html).doesNotContainPattern("(?i)\\s(style|on[a-z]+)=");
        assertThat(html).doesNotContainPattern("(?i)<script(?![^>]*\\ssrc=)");
        assertThat(html).doesNotContainPattern("(?i)(src|href)=\"(/|[a-z]+:)");
        assertThat(html).doesNotContain("${");
    }

    @Test
    void files_thatAreReferredTo_areServedAndNoOthers() throws IOException {
        Set<String> reached = reached();
        Set<String> own;
        try (Stream<Path> files = Files.list(FOLDER)) {
            own = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }

        assertThat(own).contains("index.html").hasSizeGreaterThan(15);
        own.remove("index.html");
        own.addAll(FROM_UPLOT);
        assertThat(reached).isEqualTo(own);
        for (String file : reached) {
            assertThat(status("/assets/" + file)).as(file).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void script_ofOurs_neverMakesHtmlOrCodeOfText(String script) throws IOException {
        assertThat(body("/assets/" + script))
                .doesNotContainPattern(
                        "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function|DOMParser")
                .doesNotContain("setAttribute(\"style\"", "http://", "https://");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void script_ofOurs_isShort(String script) throws IOException {
        assertThat(body("/assets/" + script).lines().count()).isLessThanOrEqualTo(300);
    }

    @Test
    void style_ofOurs_asksForNoOtherFile() throws IOException {
        assertThat(body("/assets/dashboard.css")).doesNotContain("url(", "@import", "http");
    }

    @Test
    void uPlot_asServed_isTheGlobalThatTheScriptsUse() throws IOException {
        assertThat(body("/assets/uPlot.iife.min.js")).contains("var uPlot=function");
        assertThat(body("/assets/charts.js")).contains("new globalThis.uPlot(");
    }

    static List<String> scripts() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".js"))
                    .sorted()
                    .toList();
        }
    }

    /** {@return what a browser asks for, beginning with the page} */
    private Set<String> reached() throws IOException {
        Set<String> reached = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(found(REFERENCE, body("/")));
        while (!open.isEmpty()) {
            String file = open.remove().replaceFirst("^assets/", "");
            if (reached.add(file) && file.endsWith(".js") && !FROM_UPLOT.contains(file)) {
                open.addAll(found(IMPORT, body("/assets/" + file)));
            }
        }
        return reached;
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private String body(String path) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        page.answer("GET", path, null, Map.<String, String>of()::get, head -> body);
        return body.toString(StandardCharsets.UTF_8);
    }

    private int status(String path) throws IOException {
        AtomicInteger status = new AtomicInteger();
        page.answer("HEAD", path, null, Map.<String, String>of()::get, head -> {
            status.set(head.status());
            return new ByteArrayOutputStream();
        });
        return status.get();
    }
}
