package io.loom.metrics.examples.llm;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import java.time.Duration;

/** Builds clients for LangChain4j. What it calls the limit for reading is the limit for the whole answer. */
final class LimitedHttpClientBuilder implements HttpClientBuilder {
    private final java.net.http.HttpClient.Builder client;
    private Duration connectLimit;
    private Duration limit;

    LimitedHttpClientBuilder(java.net.http.HttpClient.Builder client, Duration limit) {
        this.client = client;
        this.connectLimit = limit;
        this.limit = limit;
    }

    @Override
    public Duration connectTimeout() {
        return connectLimit;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration newLimit) {
        connectLimit = newLimit;
        return this;
    }

    @Override
    public Duration readTimeout() {
        return limit;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration newLimit) {
        limit = newLimit;
        return this;
    }

    @Override
    public HttpClient build() {
        return new LimitedHttpClient(client.connectTimeout(connectLimit).build(), limit);
    }
}
