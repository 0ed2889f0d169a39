/**
 * How do other tools read our results, and we theirs? Writers for the files of six benchmark tools,
 * readers for four.
 *
 * <p>Pure: text in, text or data out. May use {@code results} for stored campaigns, {@code gate}
 * for histories and {@code sample} for data. Formats: {@code docs/exchange.md}.
 */
@NullMarked
package org.feuerprobe.exchange;

import org.jspecify.annotations.NullMarked;
