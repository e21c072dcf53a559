package io.loom.metrics.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Hears what Alertmanager has to say. The path says which receiver it is said to. */
final class Webhook implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Queue<Message> heard = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    Webhook() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::hear);
        server.start();
    }

    /** An alert that was told to a receiver. */
    record Message(String receiver, String alert, String status) {}

    String url(String receiver) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + '/' + receiver;
    }

    Queue<Message> heard() {
        return heard;
    }

    void await(String receiver, String alert, String status) throws Exception {
        Message message = new Message(receiver, alert, status);
        Eventually.holds("the webhook hears " + message, () -> heard.contains(message));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void hear(HttpExchange exchange) throws IOException {
        String receiver = exchange.getRequestURI().getPath().substring(1);
        JsonNode told = JSON.readTree(exchange.getRequestBody());
        for (JsonNode alert : told.path("alerts")) {
            heard.add(new Message(
                    receiver,
                    alert.at("/labels/alertname").asText(),
                    alert.path("status").asText()));
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }
}
