package io.loom.metrics.binder;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Takes what is pushed to it by OTLP over HTTP, as protobuf, and keeps it. */
final class OtlpReceiver implements AutoCloseable {
    static final AggregationTemporality CUMULATIVE = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;

    private final HttpServer server;
    private final List<ExportMetricsServiceRequest> pushes = new CopyOnWriteArrayList<>();

    OtlpReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/metrics", this::receive);
        server.start();
    }

    String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + "/v1/metrics";
    }

    List<ExportMetricsServiceRequest> pushes() {
        return pushes;
    }

    /** The metrics of the last push by their names, each of which it has once. */
    Map<String, Metric> metrics() {
        return pushes.get(pushes.size() - 1).getResourceMetricsList().stream()
                .flatMap(resource -> resource.getScopeMetricsList().stream())
                .flatMap(scope -> scope.getMetricsList().stream())
                .collect(toMap(Metric::getName, Function.identity()));
    }

    /** The values of a counter by their attributes. */
    Map<Map<String, String>, Double> sum(String name) {
        Metric metric = metrics().get(name);
        assertThat(metric.getSum().getIsMonotonic()).as(name).isTrue();
        assertThat(metric.getSum().getAggregationTemporality()).as(name).isEqualTo(CUMULATIVE);
        return values(metric.getSum().getDataPointsList());
    }

    Map<Map<String, String>, Double> gauge(String name) {
        return values(metrics().get(name).getGauge().getDataPointsList());
    }

    private static Map<Map<String, String>, Double> values(List<NumberDataPoint> points) {
        return points.stream()
                .collect(toMap(point -> attributes(point.getAttributesList()), NumberDataPoint::getAsDouble));
    }

    NumberDataPoint point(String name) {
        return metrics().get(name).getSum().getDataPoints(0);
    }

    HistogramDataPoint histogram(String name, Map<String, String> attributes) {
        return metrics().get(name).getHistogram().getDataPointsList().stream()
                .filter(point -> attributes(point.getAttributesList()).equals(attributes))
                .findFirst()
                .orElseThrow();
    }

    static Map<String, String> attributes(List<KeyValue> said) {
        return said.stream()
                .collect(toMap(KeyValue::getKey, value -> value.getValue().getStringValue()));
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            pushes.add(ExportMetricsServiceRequest.parseFrom(exchange.getRequestBody()));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
