package io.loom.metrics.examples.deploy;

import java.io.IOException;
import java.nio.file.Files;

/** Prometheus's configuration, with a store for a year beside it. Prometheus cannot include one file in another. */
final class LongTermConfig {
    private static final String HEAD =
            "# Made from deploy/prometheus.yml: change that, then run the command in CONTRIBUTING.md.\n";

    private static final String REMOTE_WRITE = """

            # Every sample goes on to VictoriaMetrics, too. While it is down they wait in Prometheus's log, for two hours at least.
            remote_write:
              - name: longterm
                url: http://victoria-metrics:8428/api/v1/write
                remote_timeout: 30s
                queue_config:
                  capacity: 20000
                  max_shards: 10
                  max_samples_per_send: 5000
                  batch_send_deadline: 5s
                  min_backoff: 100ms
                  max_backoff: 10s
            """;

    private LongTermConfig() {}

    static String render() throws IOException {
        return HEAD + Files.readString(YamlFile.examples().resolve("deploy/prometheus.yml")) + REMOTE_WRITE;
    }
}
