package org.feuerprobe.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is part of a machine's identity, in made-up machines. */
class FingerprintTests {
    @TempDir Path root;

    private MadeUpMachine machine;

    @BeforeEach
    void begin() throws Exception {
        machine = new MadeUpMachine(root);
        machine.file(
                "/proc/cpuinfo", "model name : Some CPU\nmicrocode : 0x1\nflags : fpu hypervisor");
    }

    private Fingerprint read(String signature) {
        LinkedHashMap<String, String> tools = new LinkedHashMap<>();
        tools.put("emulator", "QEMU 7.2");
        return Fingerprint.read(
                machine.files(), Optional.of(signature).filter(s -> !s.isEmpty()), tools);
    }

    @Test
    void isStableAndSeesChanges() throws Exception {
        Fingerprint first = read("");

        assertThat(first.hash()).hasSize(16).isEqualTo(read("").hash());
        assertThat(first.facts().get("kernel")).isEqualTo("unknown");
        machine.file(
                "/proc/cpuinfo", "model name : Some CPU\nmicrocode : 0x2\nflags : fpu hypervisor");
        assertThat(read("").hash()).isNotEqualTo(first.hash());
    }

    @Test
    void memoryThatTheKernelKeepsForItselfIsNoOtherMachine() throws Exception {
        machine.file("/proc/meminfo", "MemTotal:       24684092 kB");
        Fingerprint first = read("");
        machine.file("/proc/meminfo", "MemTotal:       24680000 kB");

        assertThat(first.facts().get("memory")).isEqualTo("24 GiB");
        assertThat(read("").hash()).isEqualTo(first.hash());
    }

    @Test
    void theHypervisorSigns() throws Exception {
        assertThat(read("KVMKVMKVM").facts().get("hypervisor")).isEqualTo("KVM (KVMKVMKVM)");
        assertThat(read("Martian Hv").facts().get("hypervisor")).isEqualTo("unknown (Martian Hv)");
        assertThat(read("").facts().get("hypervisor")).isEqualTo("yes, of unknown kind");
    }

    /** Its product is a laptop, not a hypervisor. */
    @Test
    void aBareMachineHasNoHypervisor() throws Exception {
        machine.laptop()
                .file("/sys/class/dmi/id/sys_vendor", "LENOVO")
                .file("/sys/class/dmi/id/product_name", "20XW")
                .file("/sys/class/dmi/id/bios_version", "N32ET86W")
                .file("/sys/devices/cpu_core/cpus", "0-1")
                .file("/sys/devices/cpu_atom/cpus", "2-3");

        assertThat(read("").facts())
                .containsEntry("hypervisor", "no sign of one")
                .containsEntry("machine", "LENOVO 20XW")
                .containsEntry("firmware", "N32ET86W")
                .containsEntry("cpus", "0-3, performance 0-1, efficient 2-3");
    }
}
