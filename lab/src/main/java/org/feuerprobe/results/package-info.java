/**
 * What does a campaign leave behind? Its JSON documents and values, written into a results folder
 * and read back as a {@link org.feuerprobe.results.StoredCampaign}, which every report is made of.
 *
 * <p>Knows nothing of terminals, tables and pages. Text from kernels and files is made harmless
 * where it is read; an unreadable folder is an {@link
 * org.feuerprobe.results.StoredResults.UnreadableResultsException} that names file and line.
 * Formats: {@code docs/results.md}.
 */
@NullMarked
package org.feuerprobe.results;

import org.jspecify.annotations.NullMarked;
