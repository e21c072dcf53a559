package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.entry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardPageTest {
    private static final String LINE = "text/plain; charset=utf-8";
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private final DashboardPage page = DashboardPage.create();

    @ParameterizedTest
    @CsvSource({
        "'',                          text/html",
        "/,                           text/html",
        "/assets/dashboard.js,        text/javascript",
        "/assets/dashboard.css,       text/css",
        "/assets/icon.svg,            image/svg+xml",
        "/assets/uPlot.iife.min.js,   text/javascript",
        "/assets/uPlot.min.css,       text/css"
    })
    void answer_toAFile_isItWithGuards(String path, String type) throws IOException {
        Reply reply = get(path, Map.of());

        assertThat(reply.head().status()).isEqualTo(200);
        assertThat(reply.head().headers())
                .contains(
                        entry("Content-Type", type + "; charset=utf-8"),
                        entry("Content-Length", Integer.toString(reply.body().length)),
                        entry("Cache-Control", "no-cache"),
                        entry("Vary", "Accept-Encoding"),
                        entry("Content-Security-Policy", POLICY),
                        entry("X-Content-Type-Options", "nosniff"),
                        entry("Referrer-Policy", "no-referrer"))
                .hasEntrySatisfying("ETag", tag -> assertThat(tag).matches("\"[0-9a-f]{24}\""))
                .hasSize(8);
        assertThat(reply.body()).isNotEmpty();
    }

    @Test
    void answer_withAQuery_isTheSamePage() throws IOException {
        Reply reply = new Reply();
        page.answer("GET", "/", "window=5m&x=<script>", Map.<String, String>of()::get, reply::begin);

        assertThat(reply.body()).isEqualTo(get("/", Map.of()).body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/assets/dashboard.js"})
    void answer_toHead_isTheHeadAlone(String path) throws IOException {
        Reply head = answer("HEAD", path, Map.of());

        assertThat(head.head()).isEqualTo(get(path, Map.of()).head());
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "get", ""})
    void answer_toAnotherMethod_isAGuardedRefusal(String method) throws IOException {
        Reply reply = answer(method, "/", Map.of());

        assertThat(reply.head().status()).isEqualTo(405);
        assertThat(reply.head().headers())
                .contains(
                        entry("Allow", "GET, HEAD"),
                        entry("Content-Type", LINE),
                        entry("Content-Security-Policy", POLICY));
        assertThat(reply.text()).isEqualTo("Only GET and HEAD are allowed here.\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//",
                "/index.html",
                "/assets",
                "/assets/",
                "/assets/index.html",
                "/assets/none.js",
                "/assets/DASHBOARD.JS",
                "/assets/dashboard.js/",
                "/assets/dashboard.js%00",
                "/assets/dashboard.js\0",
                "/assets//dashboard.js",
                "/assets/./dashboard.js",
                "/assets/../assets/dashboard.js",
                "/assets/../DashboardPage.class",
                "/assets/%2e%2e/DashboardPage.class",
                "/assets/..\\DashboardPage.class",
                "/assets/../../../../../../META-INF/MANIFEST.MF",
                "/assets/uPlot.esm.js",
                "/META-INF/MANIFEST.MF",
                "assets/dashboard.js",
                "/../../etc/passwd",
                "file:///etc/passwd"
            })
    void answer_toAnyOtherPath_isAGuardedRefusal(String path) throws IOException {
        Reply reply = get(path, Map.of());

        assertThat(reply.head().status()).isEqualTo(404);
        assertThat(reply.head().headers())
                .contains(entry("Content-Type", LINE), entry("X-Content-Type-Options", "nosniff"));
        assertThat(reply.text()).isEqualTo("There is nothing here.\n");
    }

    @Test
    void answer_toHeadOfNothing_isARefusalWithoutItsLine() throws IOException {
        Reply reply = answer("HEAD", "/none", Map.of());

        assertThat(reply.head().status()).isEqualTo(404);
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void answer_toALongHeader_isARefusal() throws IOException {
        for (String name : new String[] {"Accept-Encoding", "If-None-Match"}) {
            Reply reply = get("/", Map.of(name, "a".repeat(8_193)));

            assertThat(reply.head().status()).isEqualTo(431);
            assertThat(reply.text())
                    .isEqualTo("The header " + name + " must have 8192 characters or less: 8193 were sent.\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"other\", %s", "\"a\",W/%s,\"b\"", "*", " * "})
    void answer_toWhoHasTheFile_isNotModified(String known) throws IOException {
        String tag = get("/", Map.of()).head().headers().get("ETag");

        Reply reply = get("/", Map.of("If-None-Match", known.formatted(tag)));

        assertThat(reply.head().status()).isEqualTo(304);
        assertThat(reply.head().headers())
                .contains(entry("ETag", tag), entry("Cache-Control", "no-cache"), entry("Vary", "Accept-Encoding"))
                .contains(entry("Content-Security-Policy", POLICY))
                .doesNotContainKeys("Content-Length", "Content-Type", "Content-Encoding");
        assertThat(reply.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"other\"", "W/\"other\"", "%s-gzip", "w/%s", ","})
    void answer_toWhoHasAnotherFile_isTheFile(String known) throws IOException {
        String tag = get("/", Map.of()).head().headers().get("ETag").replace("\"", "");

        assertThat(get("/", Map.of("If-None-Match", known.formatted(tag)))
                        .head()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void answer_toWhoTakesGzip_isCompressedAndHasATagOfItsOwn() throws IOException {
        Reply plain = get("/assets/uPlot.iife.min.js", Map.of());
        Reply gzipped = get("/assets/uPlot.iife.min.js", Map.of("Accept-Encoding", "gzip"));

        assertThat(gzipped.head().headers())
                .containsEntry("Content-Encoding", "gzip")
                .containsEntry("Content-Length", Integer.toString(gzipped.body().length));
        assertThat(gzipped.body()).hasSizeLessThan(plain.body().length / 2);
        assertThat(unzipped(gzipped.body())).isEqualTo(plain.body());
        String tag = gzipped.head().headers().get("ETag");
        assertThat(tag).isNotEqualTo(plain.head().headers().get("ETag"));
        assertThat(get("/assets/uPlot.iife.min.js", Map.of("Accept-Encoding", "gzip", "If-None-Match", tag))
                        .head()
                        .status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource({
        "/dashboard,        /api/v1/metrics,           api/v1/metrics,   ../api/v1/metrics",
        "/ops/live,         /api/v1/metrics,           ../api/v1/metrics, ../../api/v1/metrics",
        "/ops/live,         /ops/json,                 json,             ../json",
        "/ops/live,         /ops/live/json,            live/json,        json",
        "/live,             /lively,                   lively,           ../lively"
    })
    void references_fromEitherFormOfThePath_leadToTheJson(String path, String api, String bare, String slashed)
            throws IOException {
        DashboardPage mounted = DashboardPage.of(path, api);

        for (String prefix : new String[] {"http://host", "http://host/behind/a/proxy"}) {
            for (String slash : new String[] {"", "/"}) {
                String html = answer(mounted, "GET", slash, Map.of()).text();
                URI shown = URI.create(prefix + path + slash);
                assertThat(html).contains("content=\"" + (slash.isEmpty() ? bare : slashed) + '"');
                assertThat(shown.resolve(slash.isEmpty() ? bare : slashed)).hasToString(prefix + api);
                String assets = slash.isEmpty() ? path.substring(path.lastIndexOf('/') + 1) + "/assets" : "assets";
                assertThat(html).contains("src=\"" + assets + "/dashboard.js\"");
                assertThat(shown.resolve(assets)).hasToString(prefix + path + "/assets");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "dashboard",
                "/dashboard/",
                "//host/dashboard",
                "http://host/dashboard",
                "/a//b",
                "/../b",
                "/a/..",
                "/a?b",
                "/a#b",
                "/\"><script>",
                "/${api}",
                "/a b",
                "/ä"
            })
    void of_withWhatIsNoPlainPath_refusesIt(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DashboardPage.of(path, "/api/v1/metrics"))
                .withMessage("path of the dashboard must match (/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+: was \"" + path
                        + "\". It begins with a slash, as in \"/dashboard\", and names no host.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DashboardPage.of("/dashboard", path))
                .withMessage("path of the JSON must match (/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+: was \"" + path
                        + "\". It begins with a slash, as in \"/dashboard\", and names no host.");
    }

    @Test
    void of_withoutUPlot_saysWhatIsMissing() {
        ClassLoader nothing = loader(Map.of());

        assertThatIllegalStateException()
                .isThrownBy(() -> DashboardPage.of("/dashboard", "/api", nothing))
                .withMessage("dashboard must find uPlot on the class path: there is no"
                        + " \"META-INF/maven/org.webjars.npm/uplot/pom.properties\"."
                        + " Do not exclude org.webjars.npm:uplot from loom-metrics-prometheus, or add it.");
    }

    @Test
    void of_withAUPlotThatLacksAFile_saysWhichOne() {
        ClassLoader another = loader(Map.of("META-INF/maven/org.webjars.npm/uplot/pom.properties", "version=9.9"));

        assertThatIllegalStateException()
                .isThrownBy(() -> DashboardPage.of("/dashboard", "/api", another))
                .withMessage("dashboard must find uPlot on the class path: there is no"
                        + " \"META-INF/resources/webjars/uplot/9.9/dist/uPlot.iife.min.js\"."
                        + " Do not exclude org.webjars.npm:uplot from loom-metrics-prometheus, or add it.");
    }

    private Reply get(String path, Map<String, String> headers) throws IOException {
        return answer("GET", path, headers);
    }

    private Reply answer(String method, String path, Map<String, String> headers) throws IOException {
        return answer(page, method, path, headers);
    }

    private static Reply answer(DashboardPage page, String method, String path, Map<String, String> headers)
            throws IOException {
        Reply reply = new Reply();
        page.answer(method, path, null, headers::get, reply::begin);
        return reply;
    }

    private static byte[] unzipped(byte[] body) throws IOException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return gzip.readAllBytes();
        }
    }

    private static ClassLoader loader(Map<String, String> resources) {
        return new ClassLoader(null) {
            @Override
            public @Nullable InputStream getResourceAsStream(String name) {
                String text = resources.get(name);
                return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    /** What was sent. */
    private static final class Reply {
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private MetricsPage.@Nullable Head head;

        ByteArrayOutputStream begin(MetricsPage.Head begun) {
            assertThat(head).as("begun before").isNull();
            head = begun;
            return body;
        }

        MetricsPage.Head head() {
            return head;
        }

        byte[] body() {
            return body.toByteArray();
        }

        String text() {
            return body.toString(StandardCharsets.UTF_8);
        }
    }
}
