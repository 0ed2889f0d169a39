package org.feuerprobe.shard;

/**
 * First line of a part.
 *
 * @param schema version of the format
 * @param work {@code 3/10} for a shard, or the numbers of boots that were asked for
 * @param host name of the machine
 * @param began start in UTC
 */
record PartHeader(int schema, CampaignIdentity campaign, String work, String host, String began) {
    static final int SCHEMA = 1;
}
