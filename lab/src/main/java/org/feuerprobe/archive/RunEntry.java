package org.feuerprobe.archive;

import java.util.List;

/** All that a catalogue keeps of a campaign. */
record RunEntry(
        ArchivedRun run,
        List<ArchivedSeries> series,
        List<ArchivedVerdict> verdicts,
        List<ArchivedLimit> limits) {}
