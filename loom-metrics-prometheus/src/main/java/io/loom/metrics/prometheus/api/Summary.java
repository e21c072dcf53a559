package io.loom.metrics.prometheus.api;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Writes the summary, section by section. */
final class Summary {
    private static final int VERSION = 1;
    private static final double MILLIS_PER_SECOND = 1e3;

    private Summary() {}

    static void write(FigureWriter out) throws IOException {
        version(out.json());
        out.json().text("time", Instant.ofEpochMilli(out.now().epochMillis()).toString());
        out.json().number("uptime_seconds", Jvm.uptimeSeconds());
        build(out);
        TrafficSections.http(out);
        TrafficSections.llm(out);
        StorySections.cache(out);
        StorySections.sessions(out);
        StorySections.narratives(out);
        StorySections.interactions(out);
        StorySections.rules(out);
        process(out);
        jvm(out);
        library(out);
    }

    /** Writes the version that all answers have. */
    static void version(Json json) throws IOException {
        json.number("version", VERSION);
    }

    private static void build(FigureWriter out) throws IOException {
        List<Subject> builds = out.now().subjects(Grouping.BUILD);
        out.json().beginObject("build");
        if (builds.isEmpty()) {
            out.json().text("version", null);
            out.json().text("revision", null);
        } else {
            out.labels(builds.get(0));
        }
        out.json().endObject();
    }

    private static void process(FigureWriter out) throws IOException {
        out.json().beginObject("process");
        out.amount("resident_memory_bytes", Figure.RESIDENT_MEMORY, Subject.ALL);
        out.amount("virtual_memory_bytes", Figure.VIRTUAL_MEMORY, Subject.ALL);
        out.amount("cpu_seconds_total", Figure.CPU_SECONDS, Subject.ALL);
        out.perSecond("cpu_cores_used", Figure.CPU_SECONDS, Subject.ALL);
        out.amount("open_fds", Figure.OPEN_FDS, Subject.ALL);
        out.amount("max_fds", Figure.MAX_FDS, Subject.ALL);
        double start = out.now().amount(Figure.START_TIME, Subject.ALL);
        out.json().text("start_time", Double.isFinite(start) ? instant(start) : null);
        out.json().endObject();
    }

    private static void jvm(FigureWriter out) throws IOException {
        Json json = out.json();
        json.beginObject("jvm");
        json.number("heap_used_bytes", Jvm.heapUsed(out.now()));
        out.amount("heap_max_bytes", Figure.HEAP_MAX, Subject.ALL);
        json.number("threads", Jvm.threads(out.now()));
        json.number("gc_pause_seconds_total", Jvm.gcSeconds(out.now()));
        out.windowed("gc_pause_ratio", Jvm::gcRatio);
        json.endObject();
    }

    private static void library(FigureWriter out) throws IOException {
        out.json().beginObject("library");
        out.amount("series", Figure.LIBRARY_SERIES, Subject.ALL);
        out.amount("overflow_total", Figure.LIBRARY_OVERFLOW, Subject.ALL);
        out.amount("rejected_total", Figure.LIBRARY_REJECTED, Subject.ALL);
        out.amount("plugin_failures_total", Figure.PLUGIN_FAILURES, Subject.ALL);
        out.json().endObject();
    }

    private static String instant(double epochSeconds) {
        return Instant.ofEpochMilli(Math.round(epochSeconds * MILLIS_PER_SECOND))
                .toString();
    }
}
