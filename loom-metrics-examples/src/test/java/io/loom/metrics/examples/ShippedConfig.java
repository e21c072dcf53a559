package io.loom.metrics.examples;

import io.loom.metrics.examples.deploy.Kit;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;

/** A configuration of Prometheus from the kit, with servers of a test in the place of the containers. The rest is as it is shipped. */
record ShippedConfig(String text) {
    static ShippedConfig read(String file) throws IOException {
        return new ShippedConfig(Files.readString(Kit.DEPLOY.resolve(file)))
                .replacing("/etc/prometheus/loom-rules.yml", Kit.RULES.toString())
                .replacing("/etc/prometheus/loom-alerts.yml", Kit.ALERTS.toString());
    }

    /** {@return the same with a server where a container was} */
    ShippedConfig with(String container, URI server) {
        return replacing(container, server.getAuthority());
    }

    /** {@return the same in a hurry: all that is scraped is scraped every second} */
    ShippedConfig scrapingEverySecond() {
        return new ShippedConfig(text.replaceAll("scrape_interval: \\w+", "scrape_interval: 1s"));
    }

    private ShippedConfig replacing(String shipped, String here) {
        if (!text.contains(shipped)) {
            throw new AssertionError("the configuration must name " + shipped + ": was\n" + text);
        }
        return new ShippedConfig(text.replace(shipped, here));
    }
}
