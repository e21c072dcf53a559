package io.loom.metrics.examples;

import io.loom.metrics.examples.deploy.YamlFile;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where each program of docker-compose.yml listens: as its flags, its environment or its configuration say, and by its own default
 * where they say nothing.
 */
final class ListeningPorts {
    private static final Pattern SOURCE_OF_FLUENTD = Pattern.compile("<source>[^<]*?\\bport (\\d+)");

    private static final Map<String, Source> SOURCES = Map.ofEntries(
            Map.entry(
                    "loom", (compose, loom) -> Set.of(compose.narrativeService().port())),
            Map.entry("prometheus", flag("--web.listen-address", 9090)),
            Map.entry("grafana", variable("GF_SERVER_HTTP_PORT", 3000)),
            Map.entry("alertmanager", flag("--web.listen-address", 9093)),
            Map.entry("node-exporter", flag("--web.listen-address", 9100)),
            // Of its built-in configuration, cmd/jaeger/internal/all-in-one.yaml.
            Map.entry("jaeger", (compose, jaeger) -> Set.of(16686, 4317, 4318)),
            Map.entry("loki", yaml("deploy/loki/loki.yml", "/server/http_listen_port")),
            Map.entry("fluent-bit", yaml("deploy/loki/fluent-bit.yml", "/service/http_port")),
            Map.entry("elasticsearch", variable("http.port", 9200)),
            Map.entry("kibana", variable("SERVER_PORT", 5601)),
            Map.entry("fluentd", (compose, fluentd) -> Set.of(portOfFluentd())),
            Map.entry("victoria-metrics", flag("-httpListenAddr", 8428)));

    private ListeningPorts() {}

    static Set<String> services() {
        return SOURCES.keySet();
    }

    static Set<Integer> of(ComposeFile compose, String service) throws Exception {
        return SOURCES.get(service).ports(compose, service);
    }

    private static Source flag(String flag, int standard) {
        return (compose, service) -> Set.of(compose.command(service).stream()
                .filter(word -> word.startsWith(flag + '='))
                .map(word -> Integer.valueOf(word.substring(word.lastIndexOf(':') + 1)))
                .findFirst()
                .orElse(standard));
    }

    private static Source variable(String name, int standard) {
        return (compose, service) ->
                Set.of(Integer.valueOf(compose.environment(service).getOrDefault(name, Integer.toString(standard))));
    }

    private static Source yaml(String file, String pointer) {
        return (compose, service) -> Set.of(YamlFile.of(file).read().at(pointer).asInt());
    }

    private static int portOfFluentd() throws Exception {
        Matcher port = SOURCE_OF_FLUENTD.matcher(
                Files.readString(ComposeFile.DIRECTORY.resolve("deploy/fluentd/fluent.conf")));
        if (!port.find()) {
            throw new AssertionError("fluent.conf has no source with a port");
        }
        return Integer.parseInt(port.group(1));
    }

    /** What says where a program listens. */
    private interface Source {
        Set<Integer> ports(ComposeFile compose, String service) throws Exception;
    }
}
