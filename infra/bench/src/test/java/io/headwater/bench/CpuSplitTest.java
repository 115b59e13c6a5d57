package io.headwater.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CpuSplitTest {

    private static final String TOLD =
            """
            "ForkJoinPool-1-worker-1" #94 [812] daemon prio=5 os_prio=0 cpu=2000.50ms elapsed=9.1s
            "http-nio-127.0.0.1-8081-Poller" #99 [813] daemon prio=5 os_prio=0 cpu=500.00ms elapsed=9s
            "lead-command-api-1-StreamThread-1" #51 [814] prio=5 os_prio=0 cpu=1500.00ms elapsed=9.1s
            "kafka-producer-network-thread | lead-command-api-1-StreamThread-1-producer" #52 [815] \
            daemon prio=5 os_prio=0 cpu=250.00ms elapsed=9.1s
            "C2 CompilerThread0" #12 [816] daemon prio=9 os_prio=0 cpu=3000.00ms elapsed=9.1s
            "VM Thread" os_prio=0 cpu=125.00ms elapsed=9.1s tid=0x1 nid=817 runnable
            "main" #1 [818] prio=5 os_prio=0 cpu=10.00ms elapsed=9.1s
            """;

    @Test
    void threadsAreToldApartByTheirNames() {
        var parts = CpuSplit.byPart(TOLD);

        assertThat(parts)
                .containsOnlyKeys("edge", "decider", "compiler", "garbage", "others")
                .hasEntrySatisfying(
                        "edge", used -> assertThat(used).isEqualTo(2.5005, within(1e-9)))
                .containsEntry("decider", 1.75)
                .containsEntry("compiler", 3.0);
    }
}
