export const system = {
  title: "System health",
  about:
    "What this process takes of its machine. Containers, nodes, networks and disks have exporters of their own, which Prometheus reads.",
  tiles: [
    {
      title: "Up for",
      metric: "uptime_seconds",
      format: "span",
      notes: [
        { title: "started", metric: "process.start_time", format: "instant" },
        { title: "version", metric: "build.version", format: "text" },
        { title: "revision", metric: "build.revision", format: "text" },
      ],
    },
    {
      title: "Memory",
      metric: "process.resident_memory_bytes",
      format: "bytes",
      limit: { above: 512 * 1024 * 1024, text: "above 512 MiB" },
      notes: [{ title: "virtual", metric: "process.virtual_memory_bytes", format: "bytes" }],
    },
    {
      title: "Heap",
      metric: "jvm.heap_used_bytes",
      format: "bytes",
      notes: [{ title: "at most", metric: "jvm.heap_max_bytes", format: "bytes" }],
    },
    {
      title: "Processor",
      metric: "process.cpu_cores_used.{w}",
      format: "cores",
      notes: [
        { title: "in all", metric: "process.cpu_seconds_total", format: "seconds" },
        { title: "threads", metric: "jvm.threads", format: "count" },
      ],
    },
    {
      title: "Garbage collection",
      metric: "jvm.gc_pause_ratio.{w}",
      format: "ratio",
      notes: [{ title: "pauses in all", metric: "jvm.gc_pause_seconds_total", format: "seconds" }],
    },
    {
      title: "Open files and sockets",
      metric: "process.open_fds",
      format: "count",
      notes: [{ title: "at most", metric: "process.max_fds", format: "count" }],
    },
    {
      title: "Series",
      metric: "library.series",
      format: "count",
      notes: [
        { title: "overflows", metric: "library.overflow_total", format: "count" },
        { title: "values refused", metric: "library.rejected_total", format: "count" },
        { title: "plugin failures", metric: "library.plugin_failures_total", format: "count" },
      ],
    },
  ],
  charts: [
    { title: "Memory", series: "resident_memory_bytes", format: "bytes" },
    { title: "Heap", series: "heap_used_bytes", format: "bytes" },
    { title: "Processor", series: "cpu_cores_used", format: "cores" },
    { title: "Threads", series: "threads", format: "number", top: 1 },
  ],
  tables: [],
};
