/**
 * How does a campaign look in a browser? The package makes one self-contained page with charts,
 * tables and sentences, and a page for the history of many campaigns. Templates are in {@code
 * src/main/jte}, style and script in {@code src/main/resources}.
 *
 * <p>Pure: it returns HTML and charts. The template engine escapes every text. The package opens no
 * folder and decides nothing: data come from {@code results}, sentences from {@code report}.
 */
@NullMarked
package org.feuerprobe.page;

import org.jspecify.annotations.NullMarked;
