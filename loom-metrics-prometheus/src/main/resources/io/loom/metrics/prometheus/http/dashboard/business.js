export const business = {
  title: "Business insight",
  about: "What is told, what readers make of it, and whether it keeps to the rules.",
  tiles: [
    {
      title: "Narratives",
      metric: "narratives.generated_per_second.{w}",
      format: "rate",
      notes: [
        { title: "in all", metric: "narratives.generated_total", format: "count" },
        { title: "95th percentile", metric: "narratives.duration_seconds.{w}.p95", format: "seconds" },
      ],
    },
    {
      title: "Words",
      metric: "narratives.words_per_second.{w}",
      format: "words",
      notes: [{ title: "in all", metric: "narratives.words_total", format: "count" }],
    },
    {
      title: "Narratives that fail",
      metric: "narratives.failed_ratio.{w}",
      format: "ratio",
      notes: [{ title: "in all", metric: "narratives.failed_total", format: "count" }],
    },
    {
      title: "Sessions",
      metric: "sessions.active",
      format: "count",
      notes: [
        { title: "opened", metric: "sessions.opened_per_second.{w}", format: "rate" },
        { title: "in all", metric: "sessions.opened_total", format: "count" },
        { title: "expired", metric: "sessions.expired_total", format: "count" },
      ],
    },
    {
      title: "Turns in a session",
      metric: "sessions.turns_mean.{w}",
      format: "number",
      notes: [{ title: "median length", metric: "sessions.duration_seconds.{w}.p50", format: "seconds" }],
    },
    {
      title: "Rating",
      metric: "interactions.rating_mean.{w}",
      format: "stars",
      notes: [
        { title: "ratings", metric: "interactions.ratings_total", format: "count" },
        { title: "satisfaction score", metric: "interactions.satisfaction_score", format: "stars" },
      ],
    },
    {
      title: "Rules broken",
      metric: "rules.violation_ratio.{w}",
      format: "ratio",
      notes: [
        { title: "checks", metric: "rules.executed_per_second.{w}", format: "rate" },
        { title: "checks in all", metric: "rules.executed_total", format: "count" },
        { title: "broken in all", metric: "rules.violations_total", format: "count" },
      ],
    },
  ],
  charts: [
    { title: "Narratives", series: "narratives_per_second", format: "rate" },
    { title: "Words", series: "words_per_second", format: "words" },
    { title: "Sessions", series: "sessions_active", format: "number", top: 1 },
    { title: "Rating", series: "rating_mean", format: "number", top: 5 },
    { title: "Rules checked", series: "rules_per_second", format: "rate" },
    { title: "Rules broken", series: "violation_ratio", format: "ratio", top: 0.01 },
  ],
  tables: [
    {
      title: "Genres",
      none: "No narrative has been told yet.",
      rows: (now) => now.narratives.genres,
      columns: [
        { title: "Genre", field: "genre", format: "text" },
        { title: "Narratives", field: "generated_total", format: "count" },
        { title: "Rate", field: "generated_per_second.{w}", format: "rate" },
        { title: "Words", field: "words_total", format: "count" },
      ],
    },
    {
      title: "Readers' interactions",
      none: "No reader has done anything yet.",
      rows: (now) => Object.entries(now.interactions.per_second).map(([type, rate]) => ({ type, rate })),
      columns: [
        { title: "Interaction", field: "type", format: "text" },
        { title: "1 min", field: "rate.1m", format: "rate" },
        { title: "5 min", field: "rate.5m", format: "rate" },
        { title: "15 min", field: "rate.15m", format: "rate" },
      ],
    },
    {
      title: "Rules",
      none: "No rule has been checked yet.",
      rows: (now) => now.rules.types,
      columns: [
        { title: "Rule", field: "rule_type", format: "text" },
        { title: "Checks", field: "executed_total", format: "count" },
        { title: "Rate", field: "executed_per_second.{w}", format: "rate" },
        { title: "Broken", field: "violations_total", format: "count" },
        { title: "Ratio", field: "violation_ratio.{w}", format: "ratio" },
      ],
    },
  ],
};
