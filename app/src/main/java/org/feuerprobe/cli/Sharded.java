package org.feuerprobe.cli;

import org.feuerprobe.harness.LabException;
import org.feuerprobe.shard.ShardedCampaign;

/** A command whose campaign several machines carry out. */
interface Sharded {
    ShardedCampaign campaign() throws LabException;
}
