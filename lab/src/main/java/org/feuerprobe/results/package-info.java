/**
 * What does a campaign leave behind? The package writes JSON documents and values into a results
 * folder, and reads them back as a {@link org.feuerprobe.results.StoredCampaign}, from which every
 * report is made.
 *
 * <p>It knows nothing of terminals, tables and pages. Text from kernels and files is made harmless
 * where it is read. An unreadable folder gives an {@link
 * org.feuerprobe.results.StoredResults.UnreadableResultsException} that names file and line.
 * Formats: {@code docs/results.md}.
 */
@NullMarked
package org.feuerprobe.results;

import org.jspecify.annotations.NullMarked;
