package io.loom.metrics.examples.dashboards;

/** Hosts by the metrics of the node exporter, and containers by those of cAdvisor. */
record HostPanels() {
    private static final double BUSY = 0.9;

    /** The name is Docker's, pod and container are those of Kubernetes. */
    private static final String[] WHO = {"pod", "container", "name"};

    Panel cpu() {
        return Panel.graph("Processors busy", Unit.SHARE)
                .shows(of("node_cpu_seconds_total")
                        .where("mode=\"idle\"")
                        .rate()
                        .averageBy("instance")
                        .complement())
                .below(BUSY);
    }

    Panel load() {
        return Panel.graph("Load for each processor", Unit.NONE)
                .says("Above 1, programs wait for a processor.")
                .shows(of("node_load1")
                        .now()
                        .maxBy("instance")
                        .per(of("node_cpu_seconds_total")
                                .where("mode=\"idle\"")
                                .now()
                                .countBy("instance")))
                .below(1);
    }

    Panel memory() {
        return Panel.graph("Memory used", Unit.SHARE)
                .shows(of("node_memory_MemAvailable_bytes")
                        .now()
                        .maxBy("instance")
                        .per(of("node_memory_MemTotal_bytes").now().maxBy("instance"))
                        .complement())
                .below(BUSY);
    }

    Panel traffic() {
        return Panel.graph("Traffic", Unit.BYTES_PER_SECOND)
                .showsAs("in", of("node_network_receive_bytes_total").rate().sumBy("instance", "device"))
                .showsAs("out", of("node_network_transmit_bytes_total").rate().sumBy("instance", "device"));
    }

    Panel networkErrors() {
        return Panel.graph("Network errors", Unit.PER_SECOND)
                .showsAs("in", of("node_network_receive_errs_total").rate().sumBy("instance"))
                .showsAs("out", of("node_network_transmit_errs_total").rate().sumBy("instance"));
    }

    Panel connections() {
        return Panel.graph("TCP connections", Unit.COUNT)
                .showsAs("established", of("node_netstat_Tcp_CurrEstab").now().maxBy("instance"))
                .showsAs("ending", of("node_sockstat_TCP_tw").now().maxBy("instance"));
    }

    Panel space() {
        return Panel.graph("Space used", Unit.SHARE)
                .says("File systems in memory are left out.")
                .shows(disks("node_filesystem_avail_bytes")
                        .per(disks("node_filesystem_size_bytes"))
                        .complement())
                .below(BUSY);
    }

    Panel inodes() {
        return Panel.graph("Inodes used", Unit.SHARE)
                .says("File systems in memory are left out, and those without a limit.")
                .shows(disks("node_filesystem_files_free")
                        .per(disks("node_filesystem_files"))
                        .complement())
                .below(BUSY);
    }

    Panel disk() {
        return Panel.graph("Disk traffic", Unit.BYTES_PER_SECOND)
                .showsAs("read", of("node_disk_read_bytes_total").rate().sumBy("instance", "device"))
                .showsAs("written", of("node_disk_written_bytes_total").rate().sumBy("instance", "device"));
    }

    Panel containerCpu() {
        return Panel.graph("Processors used by containers", Unit.NONE)
                .shows(container("container_cpu_usage_seconds_total").rate().sumBy(WHO));
    }

    Panel containerThrottling() {
        return Panel.graph("Time kept from the processors by the limit", Unit.SHARE)
                .shows(container("container_cpu_cfs_throttled_seconds_total")
                        .rate()
                        .sumBy(WHO));
    }

    Panel containerMemory() {
        return Panel.graph("Memory of containers", Unit.BYTES)
                .says("A limit of 0 means that there is none.")
                .showsAs(
                        "used",
                        container("container_memory_working_set_bytes").now().sumBy(WHO))
                .showsAs(
                        "limit",
                        container("container_spec_memory_limit_bytes").now().sumBy(WHO));
    }

    Panel containerNetwork() {
        return Panel.graph("Traffic of containers", Unit.BYTES_PER_SECOND)
                .showsAs(
                        "in",
                        container("container_network_receive_bytes_total")
                                .rate()
                                .sumBy("pod", "name"))
                .showsAs(
                        "out",
                        container("container_network_transmit_bytes_total")
                                .rate()
                                .sumBy("pod", "name"));
    }

    private static Promql disks(String name) {
        return of(name).where("fstype!~\"tmpfs|ramfs|overlay|squashfs\"").now().maxBy("instance", "mountpoint");
    }

    private static Selector of(String name) {
        return Scope.ofHost(name);
    }

    private static Selector container(String name) {
        return Scope.ofContainers(name);
    }
}
