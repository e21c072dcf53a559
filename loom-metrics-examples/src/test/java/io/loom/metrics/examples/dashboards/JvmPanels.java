package io.loom.metrics.examples.dashboards;

/** The Java virtual machine, by the metrics of Micrometer's binders. */
record JvmPanels() {
    Panel heap() {
        return Panel.graph("Heap", Unit.BYTES)
                .showsAs(
                        "used",
                        of("jvm_memory_used_bytes").where("area=\"heap\"").now().sumBy("instance"))
                .showsAs(
                        "committed",
                        of("jvm_memory_committed_bytes")
                                .where("area=\"heap\"")
                                .now()
                                .sumBy("instance"));
    }

    Panel heapShare() {
        return Panel.graph("Heap, of what it may have", Unit.SHARE)
                .shows(of("jvm_memory_used_bytes")
                        .where("area=\"heap\"")
                        .now()
                        .sumBy("instance")
                        .per(of("jvm_memory_max_bytes")
                                .where("area=\"heap\"")
                                .now()
                                .sumBy("instance")))
                .below(0.9);
    }

    Panel pauses() {
        return Panel.graph("Garbage collection", Unit.SECONDS)
                .says("The mean pause and the longest one. No pause, no line.")
                .showsAs("mean", of("jvm_gc_pause_seconds").mean())
                .showsAs("longest", of("jvm_gc_pause_seconds_max").now().max())
                .emptyMeans("no pause");
    }

    Panel threads() {
        return Panel.graph("Threads by state", Unit.COUNT)
                .shows(of("jvm_threads_states_threads").now().sumBy("state"))
                .showsAs("most", of("jvm_threads_peak_threads").now().max());
    }

    Panel allocation() {
        return Panel.graph("Allocation", Unit.BYTES_PER_SECOND)
                .shows(of("jvm_gc_memory_allocated_bytes_total").rate().sumBy("instance"));
    }

    Panel liveData() {
        return Panel.graph("Long-lived data", Unit.BYTES)
                .says("On the heap after a collection of all of it. Growing means a leak.")
                .shows(of("jvm_gc_live_data_size_bytes").now().maxBy("instance"));
    }

    Panel pools() {
        return Panel.graph("Memory pools", Unit.BYTES)
                .shows(of("jvm_memory_used_bytes").now().sumBy("id"))
                .stacked();
    }

    Panel buffers() {
        return Panel.graph("Buffers outside of the heap", Unit.BYTES)
                .shows(of("jvm_buffer_memory_used_bytes").now().sumBy("id"));
    }

    Panel classes() {
        return Panel.graph("Classes loaded", Unit.COUNT)
                .shows(of("jvm_classes_loaded_classes").now().maxBy("instance"));
    }

    private static Selector of(String name) {
        return Scope.ofService(name);
    }
}
