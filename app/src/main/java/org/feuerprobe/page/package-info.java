/**
 * How does a campaign look in a browser? One self-contained page with charts, tables and sentences,
 * and a page for the history of many campaigns. Templates: {@code src/main/jte}; style and script:
 * {@code src/main/resources}.
 *
 * <p>Pure: returns HTML and charts. Every text is escaped by the template engine. Opens no folder
 * and decides nothing: what it shows stands in {@code results}, the sentences are {@code report}'s.
 */
@NullMarked
package org.feuerprobe.page;

import org.jspecify.annotations.NullMarked;
