package io.loom.metrics.binder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import io.loom.metrics.llm.RateLimits;
import io.loom.metrics.llm.RateLimits.Resource;
import io.loom.metrics.testing.Sneaky;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** With a server that refuses, and says how much is left. */
class RateLimitHttpClientTest {
    private final List<RateLimits> heard = new CopyOnWriteArrayList<>();
    private final List<InetAddress> callers = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private HttpRequest request;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            callers.add(exchange.getRemoteAddress().getAddress());
            exchange.getResponseHeaders().set("x-ratelimit-remaining-tokens", "42");
            exchange.getResponseHeaders().set("Retry-After", "7");
            exchange.sendResponseHeaders(429, 2);
            exchange.getResponseBody().write(new byte[] {'n', 'o'});
            exchange.close();
        });
        server.start();
        request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + '/'))
                .build();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void send_refused_isHeardAndAnswered() throws Exception {
        HttpClient client = RateLimitHttpClient.newBuilder(heard::add).build();

        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).isEqualTo("no");
        assertThat(heard).singleElement().satisfies(said -> {
            assertThat(said.remaining()).containsOnly(Map.entry(Resource.TOKENS, 42L));
            assertThat(said.retryAfter()).contains(Duration.ofSeconds(7));
        });
    }

    @Test
    void sendAsync_bothForms_areHeard() {
        HttpClient client = RateLimitHttpClient.of(HttpClient.newHttpClient(), heard::add);

        client.sendAsync(request, BodyHandlers.ofString()).join();
        client.sendAsync(request, BodyHandlers.ofString(), null).join();

        assertThat(heard).hasSize(2);
    }

    @Test
    void send_listenerThatThrows_costsNothing() throws Exception {
        for (Throwable thrown : Sneaky.kinds()) {
            HttpClient client = RateLimitHttpClient.of(HttpClient.newHttpClient(), said -> Sneaky.raise(thrown));

            assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("no");
        }
    }

    @Test
    void send_noServer_throwsAsEver() {
        server.stop(0);
        HttpClient client = RateLimitHttpClient.of(HttpClient.newHttpClient(), heard::add);

        assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString())).isInstanceOf(ConnectException.class);
        assertThat(heard).isEmpty();
    }

    @Test
    void builder_settings_reachTheClient() throws Exception {
        Executor executor = Runnable::run;
        SSLContext keys = SSLContext.getInstance("TLS");
        keys.init(null, null, null);
        HttpClient client = RateLimitHttpClient.newBuilder(heard::add)
                .connectTimeout(Duration.ofSeconds(3))
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .executor(executor)
                .sslContext(keys)
                .sslParameters(new SSLParameters(new String[] {"TLS_AES_128_GCM_SHA256"}))
                .priority(1)
                .build();

        assertThat(client.connectTimeout()).contains(Duration.ofSeconds(3));
        assertThat(client.followRedirects()).isEqualTo(HttpClient.Redirect.NEVER);
        assertThat(client.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(client.executor()).containsSame(executor);
        assertThat(client.cookieHandler()).isEmpty();
        assertThat(client.proxy()).isEmpty();
        assertThat(client.authenticator()).isEmpty();
        assertThat(client.sslContext()).isSameAs(keys);
        assertThat(client.sslParameters().getCipherSuites()).containsExactly("TLS_AES_128_GCM_SHA256");
        assertThat(client.newWebSocketBuilder()).isNotNull();
    }

    @Test
    void close_ofALaterJdk_endsTheWrappedClient() throws Exception {
        assumeThat(Runtime.version().feature()).isGreaterThanOrEqualTo(21);
        HttpClient wrapped = HttpClient.newHttpClient();
        HttpClient client = RateLimitHttpClient.of(wrapped, heard::add);

        HttpClient.class.getMethod("close").invoke(client);

        assertThat(HttpClient.class.getMethod("isTerminated").invoke(wrapped)).isEqualTo(true);
        assertThat(HttpClient.class.getMethod("isTerminated").invoke(client)).isEqualTo(true);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "others have one loopback address")
    void builder_localAddressOfALaterJdk_reachesTheClient() throws Exception {
        assumeThat(Runtime.version().feature()).isGreaterThanOrEqualTo(19);
        InetAddress another = InetAddress.getByName("127.0.0.2");
        HttpClient.Builder builder = RateLimitHttpClient.newBuilder(heard::add);

        Object same = HttpClient.Builder.class
                .getMethod("localAddress", InetAddress.class)
                .invoke(builder, another);
        builder.build().send(request, BodyHandlers.ofString());

        assertThat(same).isSameAs(builder);
        assertThat(callers).containsExactly(another);
    }

    @Test
    void laterMethod_thatThisJdkDoesNotHave_saysSo() {
        assertThatThrownBy(() ->
                        LaterMethod.of(HttpClient.class, "fly", void.class).call(HttpClient.newHttpClient()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("fly needs a later JDK");
    }
}
