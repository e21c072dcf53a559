package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class MetricsServerBuilderTest {
    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
    private final MetricsServerBuilder builder = MetricsServer.builder(registry);

    @Test
    void port_outOfRange_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.port(65_536))
                .withMessage("port must be 0 to 65535: was 65536");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.port(-1))
                .withMessage("port must be 0 to 65535: was -1");
    }

    @Test
    void port_thatIsFree_isTheServers() {
        int port = 21_000; // below those that the system gives to others
        while (!isServedAt(port)) {
            port++;
            assertThat(port).isLessThan(21_100);
        }
    }

    private boolean isServedAt(int port) {
        try (MetricsServer server = builder.port(port).start()) {
            assertThat(server.port()).isEqualTo(port);
            return true;
        } catch (IOException e) {
            return false; // it is taken
        }
    }

    @Test
    void path_thatIsNone_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.path("metrics"))
                .withMessage("path must match /[A-Za-z0-9._~/-]*: was \"metrics\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.path(""))
                .withMessage("path must match /[A-Za-z0-9._~/-]*: was \"\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.path("/a b"))
                .withMessage("path must match /[A-Za-z0-9._~/-]*: was \"/a b\"");
    }

    @Test
    void host_thatIsUnknown_isRefusedAtTheStart() {
        assertThatIOException()
                .isThrownBy(() -> builder.host("no.such.host.invalid").start())
                .withMessage("host must be one of this machine's names or addresses: was \"no.such.host.invalid\"");
    }

    @Test
    void host_thatIsMissing_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> builder.host(null)).withMessage("host");
    }

    @Test
    void registry_thatIsMissing_isRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> MetricsServer.builder((LoomPrometheusRegistry) null))
                .withMessage("registry");
        assertThatNullPointerException()
                .isThrownBy(() -> new MetricsHandler((LoomPrometheusRegistry) null))
                .withMessage("registry");
    }
}
