package io.loom.metrics.binder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import io.loom.metrics.LoomMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In the JDK's own server, spoken to by HTTPS. */
class LoomHttpFilterHttpsTest {
    private static final char[] PASSWORD = "of-this-test".toCharArray();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LoomMetrics loom =
            LoomMetrics.builder(registry).processMetrics(false).build();

    @Test
    void handler_ofAnHttpsServer_isGivenAnHttpsExchange(@TempDir Path directory) throws Exception {
        SSLContext ssl = context(directory);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(ssl));
        server.createContext("/stories", LoomHttpFilterHttpsTest::echo)
                .getFilters()
                .add(LoomHttpFilter.of(loom));
        server.start();
        try {
            HttpResponse<String> answer = HttpClient.newBuilder()
                    .sslContext(ssl)
                    .build()
                    .send(
                            HttpRequest.newBuilder(URI.create("https://localhost:"
                                            + server.getAddress().getPort() + "/stories/17"))
                                    .POST(HttpRequest.BodyPublishers.ofString("Once upon a time"))
                                    .build(),
                            BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.body()).isEqualTo("TLSv1.3: Once upon a time");
            assertThat(new HttpNumbers(registry).after(1))
                    .isEqualTo(Map.of("POST /stories/{id} 201", 1.0, "POST /stories/{id}", 1.0));
        } finally {
            server.stop(0);
        }
    }

    private static void echo(HttpExchange exchange) throws IOException {
        exchange.setAttribute(LoomHttpFilter.ENDPOINT, "/stories/{id}");
        String protocol =
                exchange instanceof HttpsExchange https ? https.getSSLSession().getProtocol() : "plain";
        byte[] body = (protocol + ": " + new String(exchange.getRequestBody().readAllBytes(), UTF_8)).getBytes(UTF_8);
        exchange.sendResponseHeaders(201, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** With a certificate that the JDK's own tool has made for this run. */
    private static SSLContext context(Path directory)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "test",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).as(() -> said(directory)).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    private static String said(Path directory) {
        try {
            return Files.readString(directory.resolve("keytool.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
