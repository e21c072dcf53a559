/** The guide's thresholds: an error ratio of 5 %, 2 seconds, 512 MiB. */
export const overview = {
  title: "Overview",
  about: "Is the service there, is it fast, does it fail, and what does it take?",
  tiles: [
    {
      title: "Availability",
      metric: "http.error_ratio.{w}",
      format: "complement",
      notes: [{ title: "up for", metric: "uptime_seconds", format: "span" }],
    },
    {
      title: "Requests",
      metric: "http.requests_per_second.{w}",
      format: "rate",
      notes: [
        { title: "in all", metric: "http.requests_total", format: "count" },
        { title: "in progress", metric: "http.in_progress", format: "count" },
      ],
    },
    {
      title: "Latency, 95th percentile",
      metric: "http.duration_seconds.{w}.p95",
      format: "seconds",
      limit: { above: 2, text: "above 2 s" },
      notes: [
        { title: "median", metric: "http.duration_seconds.{w}.p50", format: "seconds" },
        { title: "99th", metric: "http.duration_seconds.{w}.p99", format: "seconds" },
      ],
    },
    {
      title: "Errors",
      metric: "http.error_ratio.{w}",
      format: "ratio",
      limit: { above: 0.05, text: "above 5 %" },
      notes: [
        { title: "1 min", metric: "http.error_ratio.1m", format: "ratio" },
        { title: "15 min", metric: "http.error_ratio.15m", format: "ratio" },
      ],
    },
    {
      title: "Memory",
      metric: "process.resident_memory_bytes",
      format: "bytes",
      limit: { above: 512 * 1024 * 1024, text: "above 512 MiB" },
      notes: [{ title: "of it heap", metric: "jvm.heap_used_bytes", format: "bytes" }],
    },
    {
      title: "Processor",
      metric: "process.cpu_cores_used.{w}",
      format: "cores",
      notes: [{ title: "threads", metric: "jvm.threads", format: "count" }],
    },
  ],
  charts: [
    { title: "Requests", series: "http_requests_per_second", format: "rate" },
    { title: "Latency, 95th percentile", series: "http_p95_seconds", format: "seconds" },
    { title: "Errors", series: "http_error_ratio", format: "ratio", top: 0.01 },
    { title: "Requests in progress", series: "http_in_progress", format: "number", top: 1 },
    { title: "Memory", series: "resident_memory_bytes", format: "bytes" },
    { title: "Processor", series: "cpu_cores_used", format: "cores" },
  ],
  tables: [
    {
      title: "Endpoints",
      none: "No request has ended yet.",
      rows: (now) => now.http.endpoints,
      columns: [
        { title: "Endpoint", field: "endpoint", format: "text" },
        { title: "Method", field: "method", format: "text" },
        { title: "Requests", field: "requests_total", format: "count" },
        { title: "Rate", field: "requests_per_second.{w}", format: "rate" },
        { title: "Errors", field: "error_ratio.{w}", format: "ratio" },
        { title: "Median", field: "duration_seconds.{w}.p50", format: "seconds" },
        { title: "95th percentile", field: "duration_seconds.{w}.p95", format: "seconds" },
      ],
    },
  ],
};
