package io.loom.metrics.examples.dashboards;

import static io.loom.metrics.catalogue.Label.CACHE_TYPE;
import static io.loom.metrics.catalogue.Label.COLLECTOR;
import static io.loom.metrics.catalogue.Label.FORMAT;
import static io.loom.metrics.catalogue.Label.LABEL;
import static io.loom.metrics.catalogue.Label.METER;
import static io.loom.metrics.catalogue.Label.PLUGIN;
import static io.loom.metrics.catalogue.Label.REASON;
import static io.loom.metrics.catalogue.LoomMeter.BUILD_INFO;
import static io.loom.metrics.catalogue.LoomMeter.CACHE_ENTRIES;
import static io.loom.metrics.catalogue.LoomMeter.CACHE_EVICTIONS;
import static io.loom.metrics.catalogue.LoomMeter.CACHE_HITS;
import static io.loom.metrics.catalogue.LoomMeter.CACHE_LOAD_DURATION;
import static io.loom.metrics.catalogue.LoomMeter.CACHE_MISSES;
import static io.loom.metrics.catalogue.LoomMeter.METRICS_COLLECTOR_FAILURES;
import static io.loom.metrics.catalogue.LoomMeter.METRICS_OVERFLOW;
import static io.loom.metrics.catalogue.LoomMeter.METRICS_PLUGIN_FAILURES;
import static io.loom.metrics.catalogue.LoomMeter.METRICS_REJECTED;
import static io.loom.metrics.catalogue.LoomMeter.METRICS_SCRAPE_DURATION;
import static io.loom.metrics.catalogue.LoomMeter.METRICS_SERIES;
import static io.loom.metrics.catalogue.LoomMeter.PROCESS_CPU;
import static io.loom.metrics.catalogue.LoomMeter.PROCESS_MAX_FDS;
import static io.loom.metrics.catalogue.LoomMeter.PROCESS_OPEN_FDS;
import static io.loom.metrics.catalogue.LoomMeter.PROCESS_RESIDENT_MEMORY;
import static io.loom.metrics.catalogue.LoomMeter.PROCESS_START_TIME;
import static io.loom.metrics.catalogue.LoomMeter.PROCESS_VIRTUAL_MEMORY;
import static io.loom.metrics.examples.dashboards.Line.line;
import static io.loom.metrics.examples.dashboards.Objectives.QUANTILE;

import java.util.List;

/** The process, the Java virtual machine, the container, the host, and the metrics themselves. */
final class SystemDashboard {
    static final String UID = "loom-system";

    private static final Scope SEEN = Scope.of(Variable.NODE, Variable.IMAGE);
    private static final HostPanels HOST = new HostPanels();
    private static final JvmPanels JVM = new JvmPanels();

    private SystemDashboard() {}

    static Dashboard make() {
        return new Dashboard(
                UID,
                "LOOM system health",
                "The process, the Java virtual machine, containers, the host, its network and its storage.",
                SEEN.variables(),
                List.of(
                        Row.of(
                                "Process",
                                line(memory(), virtualMemory(), cpu()),
                                line(files(), filesShare(), starts())),
                        Row.of(
                                "Java virtual machine",
                                line(JVM.heap(), JVM.heapShare(), JVM.pauses()),
                                line(JVM.threads(), JVM.allocation(), JVM.liveData())),
                        Row.of("Caches", line(cacheHits(), cacheEntries()), line(cacheEvictions(), cacheLoads())),
                        Row.of("Host", line(HOST.cpu(), HOST.load(), HOST.memory())),
                        Row.of("Network", line(HOST.traffic(), HOST.networkErrors(), HOST.connections())),
                        Row.of("Storage", line(HOST.space(), HOST.inodes(), HOST.disk())),
                        Row.collapsed(
                                "Containers",
                                line(HOST.containerCpu(), HOST.containerThrottling()),
                                line(HOST.containerMemory(), HOST.containerNetwork())),
                        Row.collapsed("Virtual machine in depth", line(JVM.pools(), JVM.buffers(), JVM.classes())),
                        Row.collapsed(
                                "The metrics themselves",
                                line(scrapes(), rendering(), series()),
                                line(overflow(), rejected(), collectorFailures()))));
    }

    private static Panel memory() {
        return Panel.graph("Resident memory", Unit.BYTES)
                .says("The alert is at 512 MB.")
                .shows(SEEN.of(PROCESS_RESIDENT_MEMORY).now().maxBy("instance"))
                .below(Objectives.MEMORY_BYTES);
    }

    private static Panel virtualMemory() {
        return Panel.graph("Virtual memory", Unit.BYTES)
                .says("Much of it is address space that no memory stands behind.")
                .shows(SEEN.of(PROCESS_VIRTUAL_MEMORY).now().maxBy("instance"));
    }

    private static Panel cpu() {
        return Panel.graph("Processors used", Unit.NONE)
                .showsAs("used", SEEN.of(PROCESS_CPU).rate().sumBy("instance"))
                .showsAs("there", Scope.ofService("system_cpu_count").now().maxBy("instance"));
    }

    private static Panel files() {
        return Panel.graph("Open files and sockets", Unit.COUNT)
                .shows(SEEN.of(PROCESS_OPEN_FDS).now().maxBy("instance"));
    }

    private static Panel filesShare() {
        return Panel.graph("Open files, of those allowed", Unit.SHARE)
                .shows(SEEN.of(PROCESS_OPEN_FDS)
                        .now()
                        .maxBy("instance")
                        .per(SEEN.of(PROCESS_MAX_FDS).now().maxBy("instance")))
                .below(0.8);
    }

    private static Panel starts() {
        return Panel.graph("Time since the start", Unit.SECONDS)
                .shows(Promql.time()
                        .minus(SEEN.of(PROCESS_START_TIME).now().maxBy("instance"))
                        .by("instance"));
    }

    private static Panel cacheHits() {
        Promql hits = SEEN.of(CACHE_HITS).rate().sum(CACHE_TYPE);
        return Panel.graph("Cache hits", Unit.SHARE)
                .says("Share of look-ups that the cache answered.")
                .shows(hits.per(hits.plus(SEEN.of(CACHE_MISSES).rate().sum(CACHE_TYPE))));
    }

    private static Panel cacheEntries() {
        return Panel.graph("Cache entries", Unit.COUNT)
                .shows(SEEN.of(CACHE_ENTRIES).now().sum(CACHE_TYPE));
    }

    private static Panel cacheEvictions() {
        return Panel.graph("Cache evictions", Unit.PER_SECOND)
                .shows(SEEN.of(CACHE_EVICTIONS).rate().sum(CACHE_TYPE));
    }

    private static Panel cacheLoads() {
        return Panel.graph("Time to load into a cache p95", Unit.SECONDS)
                .shows(SEEN.of(CACHE_LOAD_DURATION).quantile(QUANTILE, CACHE_TYPE))
                .emptyMeans("no loads")
                .withTraces();
    }

    private static Panel scrapes() {
        return Panel.graph("Time of a scrape", Unit.SECONDS)
                .says("As Prometheus sees it.")
                .shows(Scope.ofService("scrape_duration_seconds").now().maxBy("instance"));
    }

    private static Panel rendering() {
        return Panel.graph("Time to render a page p95", Unit.SECONDS)
                .says("As the service sees it.")
                .shows(SEEN.of(METRICS_SCRAPE_DURATION).quantile(QUANTILE, FORMAT));
    }

    private static Panel series() {
        return Panel.graph("Series", Unit.COUNT)
                .says("Samples of all that a page has, and label combinations of the ten largest meters.")
                .showsAs(
                        "samples",
                        Scope.ofService("scrape_samples_scraped").now().maxBy("instance"))
                .shows(SEEN.of(METRICS_SERIES).now().max(METER).top(10));
    }

    private static Panel overflow() {
        return Panel.graph("Label values that became other", Unit.PER_SECOND)
                .says("A label has too many values: see the limits in the documentation.")
                .shows(SEEN.of(METRICS_OVERFLOW).rate().sum(METER, LABEL))
                .emptyMeans("none");
    }

    private static Panel rejected() {
        return Panel.graph("Values that were not recorded", Unit.PER_SECOND)
                .says(
                        "The calling code records what cannot be true; the log says what. It is 0 as long as there was nothing.")
                .showsAs(
                        "rejected",
                        SEEN.of(METRICS_REJECTED)
                                .rate()
                                .sum(METER, REASON)
                                .orZeroWith(SEEN.of(BUILD_INFO).now().max()));
    }

    private static Panel collectorFailures() {
        return Panel.graph("Failures of collectors of others, and of plugins", Unit.PER_SECOND)
                .shows(SEEN.of(METRICS_COLLECTOR_FAILURES).rate().sum(COLLECTOR, REASON))
                .shows(SEEN.of(METRICS_PLUGIN_FAILURES).rate().sum(PLUGIN))
                .emptyMeans("none");
    }
}
