package org.feuerprobe.harness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.feuerprobe.energy.EnergySources;
import org.feuerprobe.energy.KernelFiles;
import org.feuerprobe.energy.MeterAddress;
import org.feuerprobe.guest.PerfCounters;
import org.feuerprobe.testbed.SystemFiles;

/** The sources of energy of this machine, and the meters that the user named. */
final class EnergyHere {
    private EnergyHere() {}

    /** Looks for them; an address that is none is wrong use. */
    static EnergySources sources(List<String> meters) throws LabException {
        List<MeterAddress> addresses = new ArrayList<>();
        for (String meter : meters) {
            try {
                addresses.add(MeterAddress.of(meter));
            } catch (IOException e) {
                throw LabException.wrongUse("--meter: " + e.getMessage());
            }
        }
        return EnergySources.of(
                new KernelFiles(SystemFiles.HOST.root()), PerfCounters::openPower, addresses);
    }
}
