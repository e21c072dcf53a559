/** The limits of all models in one list, each with what is left of it. */
function limits(now) {
  return now.llm.models.flatMap(({ provider, model, rate_limit: rateLimit }) =>
    rateLimit.map(({ resource, remaining, limit }) => {
      const left = remaining === null || !limit ? null : remaining / limit;
      return { model, provider, resource, remaining, limit, left };
    }),
  );
}

/** A sum of what is known, or null where nothing is. */
function sum(values) {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((a, b) => a + b, 0);
}

/** What the models of a provider come to. */
function providers(now, window) {
  const names = [...new Set(now.llm.models.map((model) => model.provider))];
  return names.map((provider) => {
    const models = now.llm.models.filter((model) => model.provider === provider);
    const rate = sum(models.map((model) => model.requests_per_second[window]));
    const failed = sum(
      models.map(({ error_ratio: ratio, requests_per_second: all }) =>
        ratio[window] === null || all[window] === null ? null : ratio[window] * all[window],
      ),
    );
    return {
      provider,
      requests: sum(models.map((model) => model.requests_total)),
      rate,
      errors: rate && failed !== null ? failed / rate : null,
      inProgress: sum(models.map((model) => model.in_progress)),
      costPerHour: sum(models.map((model) => model.cost_usd_per_hour[window])),
    };
  });
}

export const llm = {
  title: "LLM performance",
  about: "What the language models are asked, how fast they answer, how they fail, and what they cost.",
  tiles: [
    {
      title: "Attempts",
      metric: "llm.requests_per_second.{w}",
      format: "rate",
      notes: [
        { title: "in all", metric: "llm.requests_total", format: "count" },
        { title: "in progress", metric: "llm.in_progress", format: "count" },
      ],
    },
    {
      title: "Response time, 95th percentile",
      metric: "llm.duration_seconds.{w}.p95",
      format: "seconds",
      notes: [
        { title: "median", metric: "llm.duration_seconds.{w}.p50", format: "seconds" },
        { title: "mean", metric: "llm.duration_seconds.{w}.mean", format: "seconds" },
      ],
    },
    {
      title: "First token, 95th percentile",
      metric: "llm.time_to_first_token_seconds.{w}.p95",
      format: "seconds",
      notes: [{ title: "median", metric: "llm.time_to_first_token_seconds.{w}.p50", format: "seconds" }],
    },
    {
      title: "Errors",
      metric: "llm.error_ratio.{w}",
      format: "ratio",
      notes: [
        { title: "1 min", metric: "llm.error_ratio.1m", format: "ratio" },
        { title: "15 min", metric: "llm.error_ratio.15m", format: "ratio" },
      ],
    },
    {
      title: "Tokens written",
      metric: "llm.tokens_per_second.completion.{w}",
      format: "tokens",
      notes: [
        { title: "in all", metric: "llm.tokens_total.completion", format: "count" },
        { title: "read", metric: "llm.tokens_per_second.prompt.{w}", format: "tokens" },
        { title: "read in all", metric: "llm.tokens_total.prompt", format: "count" },
      ],
    },
    {
      title: "Cost",
      metric: "llm.cost_usd_per_hour.{w}",
      format: "usdPerHour",
      notes: [
        { title: "in all", metric: "llm.cost_usd_total", format: "usd" },
        { title: "budget", metric: "llm.budget_usd", format: "usd" },
      ],
    },
    {
      title: "Cache hits",
      metric: "cache.hit_ratio.{w}",
      format: "ratio",
      notes: [
        { title: "hits", metric: "cache.hits_total", format: "count" },
        { title: "misses", metric: "cache.misses_total", format: "count" },
        { title: "entries", metric: "cache.entries", format: "count" },
      ],
    },
  ],
  charts: [
    { title: "Attempts", series: "llm_requests_per_second", format: "rate" },
    { title: "Response time, 95th percentile", series: "llm_p95_seconds", format: "seconds" },
    { title: "Tokens", series: "llm_tokens_per_second", format: "tokens" },
    { title: "Cost", series: "llm_cost_usd_per_hour", format: "usdPerHour" },
    { title: "Errors", series: "llm_error_ratio", format: "ratio", top: 0.01 },
    { title: "Cache hits", series: "cache_hit_ratio", format: "ratio", top: 1 },
  ],
  tables: [
    {
      title: "Providers",
      none: "No model has been asked yet.",
      rows: providers,
      columns: [
        { title: "Provider", field: "provider", format: "text" },
        { title: "Attempts", field: "requests", format: "count" },
        { title: "Rate", field: "rate", format: "rate" },
        { title: "Errors", field: "errors", format: "ratio" },
        { title: "In progress", field: "inProgress", format: "count" },
        { title: "Cost", field: "costPerHour", format: "usdPerHour" },
      ],
    },
    {
      title: "Models",
      none: "No model has been asked yet.",
      rows: (now) => now.llm.models,
      columns: [
        { title: "Model", field: "model", format: "text" },
        { title: "Provider", field: "provider", format: "text" },
        { title: "Attempts", field: "requests_total", format: "count" },
        { title: "Rate", field: "requests_per_second.{w}", format: "rate" },
        { title: "Errors", field: "error_ratio.{w}", format: "ratio" },
        { title: "95th percentile", field: "duration_seconds.{w}.p95", format: "seconds" },
        { title: "First token", field: "time_to_first_token_seconds.{w}.p50", format: "seconds" },
        { title: "Tokens read", field: "tokens_per_second.prompt.{w}", format: "tokens" },
        { title: "Tokens written", field: "tokens_per_second.completion.{w}", format: "tokens" },
        { title: "Cost", field: "cost_usd_per_hour.{w}", format: "usdPerHour" },
        { title: "In all", field: "cost_usd_total", format: "usd" },
      ],
    },
    {
      title: "Errors by type",
      none: "No attempt has failed yet.",
      rows: (now) => Object.entries(now.llm.errors_per_second).map(([type, rate]) => ({ type, rate })),
      columns: [
        { title: "Type", field: "type", format: "text" },
        { title: "1 min", field: "rate.1m", format: "rate" },
        { title: "5 min", field: "rate.5m", format: "rate" },
        { title: "15 min", field: "rate.15m", format: "rate" },
      ],
    },
    {
      title: "Rate limits",
      none: "No provider has told its limits yet.",
      rows: limits,
      columns: [
        { title: "Model", field: "model", format: "text" },
        { title: "Provider", field: "provider", format: "text" },
        { title: "Resource", field: "resource", format: "text" },
        { title: "Remaining", field: "remaining", format: "count" },
        { title: "Limit", field: "limit", format: "count" },
        { title: "Left", field: "left", format: "ratio" },
      ],
    },
    {
      title: "Caches",
      none: "No cache has been asked yet.",
      rows: (now) => now.cache.types,
      columns: [
        { title: "Cache", field: "cache_type", format: "text" },
        { title: "Hit ratio", field: "hit_ratio.{w}", format: "ratio" },
        { title: "Hits", field: "hits_total", format: "count" },
        { title: "Misses", field: "misses_total", format: "count" },
        { title: "Entries", field: "entries", format: "count" },
      ],
    },
  ],
};
