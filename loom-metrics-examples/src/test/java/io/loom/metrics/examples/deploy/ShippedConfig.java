package io.loom.metrics.examples.deploy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;

/** A configuration from the kit, with files and servers of a test in the place of the containers. The rest is as it is shipped. */
public record ShippedConfig(String text) {
    /** {@return a file of the kit} */
    public static ShippedConfig read(String file) throws IOException {
        return new ShippedConfig(Files.readString(Kit.DEPLOY.resolve(file)));
    }

    /** {@return one for Prometheus, with the rules where they are} */
    public static ShippedConfig ofPrometheus(String file) throws IOException {
        return read(file)
                .replacing("/etc/prometheus/loom-rules.yml", Kit.RULES.toString())
                .replacing("/etc/prometheus/loom-alerts.yml", Kit.ALERTS.toString());
    }

    /** {@return the same with a server where a container was} */
    public ShippedConfig with(String container, URI server) {
        return replacing(container, server.getAuthority());
    }

    /** {@return the same in a hurry: all that is scraped is scraped every second} */
    public ShippedConfig scrapingEverySecond() {
        return new ShippedConfig(text.replaceAll("scrape_interval: \\w+", "scrape_interval: 1s"));
    }

    /** {@return the same with something else in a place that must be there} */
    public ShippedConfig replacing(String shipped, String here) {
        if (!text.contains(shipped)) {
            throw new AssertionError("the configuration must name " + shipped + ": was\n" + text);
        }
        return new ShippedConfig(text.replace(shipped, here));
    }
}
