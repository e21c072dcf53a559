package io.loom.metrics.examples.dashboards;

/** Units by Grafana's names. */
enum Unit {
    NONE("none"),
    COUNT("short"),
    SHARE("percentunit"),
    SECONDS("s"),
    BYTES("bytes"),
    BYTES_PER_SECOND("binBps"),
    REQUESTS_PER_SECOND("reqps"),
    PER_SECOND("cps"),
    PER_MINUTE("cpm"),
    DOLLARS("currencyUSD");

    private final String id;

    Unit(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }
}
