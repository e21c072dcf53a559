package io.loom.metrics.prometheus.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The live page of one service, for people: four dashboards in a browser, which ask the service's JSON every five seconds.
 *
 * <p>It is a handful of files that never change: an HTML page, its style, its scripts, and uPlot's, which draws the charts.
 * They ask no other host for anything, and their {@code Content-Security-Policy} forbids it. The page refers to its files and
 * to the JSON by relative references, so it works behind a proxy that adds a prefix to all paths.
 *
 * <p>Thread-safe. All files are read when it is made, and kept: 100 KB, and 40 KB more for who takes gzip.
 */
public final class DashboardPage {
    private static final String ROOM = "dashboard/";
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+");

    /** {@code frame-ancestors} keeps others from laying the page under theirs. */
    private static final Map<String, String> GUARDS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                    + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer");

    private static final List<String> STYLES = List.of("dashboard.css");
    private static final List<String> SCRIPTS = List.of(
            "api.js",
            "business.js",
            "charts.js",
            "dashboard.js",
            "dom.js",
            "format.js",
            "history.js",
            "llm.js",
            "overview.js",
            "panel.js",
            "pick.js",
            "poll.js",
            "status.js",
            "system.js",
            "tables.js",
            "tabs.js",
            "theme.js",
            "tiles.js");

    private final Map<String, PageFile> files = new HashMap<>();

    private DashboardPage(String path, String apiPath, ClassLoader libraries) {
        String html = new String(Resource.beside(DashboardPage.class, ROOM + "index.html"), StandardCharsets.UTF_8);
        String name = path.substring(path.lastIndexOf('/') + 1);
        String directory = path.substring(0, path.length() - name.length());
        // A browser takes references to be relative to the last slash, which is before or after the name.
        addHtml("", html, name + "/assets", relative(directory, apiPath));
        addHtml("/", html, "assets", relative(path + '/', apiPath));
        STYLES.forEach(file -> addAsset(file, "text/css", Resource.beside(DashboardPage.class, ROOM + file)));
        SCRIPTS.forEach(file -> addAsset(file, "text/javascript", Resource.beside(DashboardPage.class, ROOM + file)));
        addAsset("icon.svg", "image/svg+xml", Resource.beside(DashboardPage.class, ROOM + "icon.svg"));
        UPlot charts = UPlot.find(libraries);
        addAsset(UPlot.SCRIPT, "text/javascript", charts.file(UPlot.SCRIPT));
        addAsset(UPlot.STYLE, "text/css", charts.file(UPlot.STYLE));
    }

    /**
     * {@return a page that is mounted at {@code /dashboard}, where the JSON is at {@code /api/v1/metrics}}
     *
     * @throws IllegalStateException where uPlot is not on the class path
     */
    public static DashboardPage create() {
        return of("/dashboard", "/api/v1/metrics");
    }

    /**
     * {@return a page}
     *
     * @param path where the page is mounted
     * @param apiPath where the JSON is mounted, on the same host
     * @throws IllegalArgumentException where one of them is no path of plain segments
     * @throws IllegalStateException where uPlot is not on the class path
     */
    public static DashboardPage of(String path, String apiPath) {
        return of(path, apiPath, DashboardPage.class.getClassLoader());
    }

    static DashboardPage of(String path, String apiPath, ClassLoader libraries) {
        return new DashboardPage(
                checked("path of the dashboard", path), checked("path of the JSON", apiPath), libraries);
    }

    /**
     * Answers a request: GET and HEAD by a file, others by a status and one line.
     *
     * @param method of HTTP
     * @param path after the one that the page is mounted at: nothing or a slash for the page, {@code /assets/} and a name for
     *     another file
     * @param query not looked at
     * @param header gives all values of a header, with commas between; null where it was not sent
     * @param response is begun once
     * @throws IOException where {@code response} or its stream does
     */
    public void answer(
            String method,
            String path,
            @Nullable String query,
            Function<String, @Nullable String> header,
            MetricsPage.Response response)
            throws IOException {
        MetricsPage.Response guarded = head -> response.begin(guarded(head));
        try {
            Page.checkReads(method);
            PageFile file = files.get(path);
            if (file == null) {
                throw RefusedException.notFound();
            }
            file.send(Page.hasBody(method), header, guarded);
        } catch (RefusedException e) {
            e.send(Page.hasBody(method), guarded);
        }
    }

    /**
     * {@return a reference that leads to a path, whatever a proxy puts before both}
     *
     * @param directory ends with a slash
     */
    static String relative(String directory, String path) {
        int common = 0;
        int slash = 0;
        while (slash >= 0 && directory.startsWith(path.substring(0, slash + 1))) {
            common = slash + 1;
            slash = path.indexOf('/', common);
        }
        long up = directory.substring(common).chars().filter(c -> c == '/').count();
        return "../".repeat((int) up) + path.substring(common);
    }

    private static String checked(String subject, String path) {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException(subject + " must match " + PATH + ": was \"" + path
                    + "\". It begins with a slash, as in \"/dashboard\", and names no host.");
        }
        return path;
    }

    private static MetricsPage.Head guarded(MetricsPage.Head head) {
        Map<String, String> headers = new HashMap<>(head.headers());
        headers.putAll(GUARDS);
        return new MetricsPage.Head(head.status(), headers);
    }

    private void addHtml(String path, String html, String assets, String api) {
        String filled = html.replace("${assets}", assets).replace("${api}", api);
        files.put(path, PageFile.of("text/html; charset=utf-8", filled.getBytes(StandardCharsets.UTF_8)));
    }

    private void addAsset(String name, String type, byte[] content) {
        files.put("/assets/" + name, PageFile.of(type + "; charset=utf-8", content));
    }
}
