package org.feuerprobe.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parser of rt-app's files. They look like JSON, but have comments, and an object is a list of
 * events: keys repeat, and their order matters.
 */
final class JsonEvents {
    private static final int DEEPEST = 16;

    private final String file;
    private final String text;
    private int at;
    private int depth;

    private JsonEvents(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /** A value: an object, or a list or plain value as text. */
    sealed interface Value {
        /** An object's events in their order. */
        record Events(List<Event> all) implements Value {
            public Events {
                all = List.copyOf(all);
            }

            /** The last event of this name: rt-app's options do not repeat. */
            Optional<Event> find(String key) {
                return all.stream().filter(event -> event.key().equals(key)).reduce((_, b) -> b);
            }
        }

        /** A text, number or word without its quotes, or a list with its brackets. */
        record Plain(String text) implements Value {}
    }

    /** A key with its value and place. */
    record Event(String key, int line, int column, Value value) {}

    /** Parses a whole file, which must be one object. */
    static Value.Events parse(String file, String text) throws SetException {
        JsonEvents parser = new JsonEvents(file, text);
        parser.skip();
        Value value = parser.value();
        parser.skip();
        if (parser.at < text.length()) {
            throw parser.wrong("unexpected '%c' after the end".formatted(text.charAt(parser.at)));
        }
        if (value instanceof Value.Events events) {
            return events;
        }
        throw new SetException(file, 1, 1, "want an object");
    }

    private Value value() throws SetException {
        if (at >= text.length()) {
            throw wrong("the file ends too early");
        }
        return switch (text.charAt(at)) {
            case '{' -> object();
            case '[' -> list();
            case '"' -> new Value.Plain(string());
            default -> new Value.Plain(word());
        };
    }

    private Value.Events object() throws SetException {
        enter();
        List<Event> events = new ArrayList<>();
        at++;
        skip();
        while (!take('}')) {
            int line = line();
            int column = column();
            if (at >= text.length() || text.charAt(at) != '"') {
                throw wrong("want a key in quotes");
            }
            String key = string();
            skip();
            if (!take(':')) {
                throw wrong("want ':' after the key '%s'".formatted(key));
            }
            skip();
            events.add(new Event(key, line, column, value()));
            skip();
            if (take(',')) {
                skip();
            } else if (at >= text.length() || text.charAt(at) != '}') {
                throw wrong("want ',' or '}' after the value of '%s'".formatted(key));
            }
        }
        depth--;
        return new Value.Events(events);
    }

    private Value list() throws SetException {
        enter();
        List<String> items = new ArrayList<>();
        at++;
        skip();
        while (!take(']')) {
            items.add(value() instanceof Value.Plain plain ? plain.text() : "{}");
            skip();
            if (take(',')) {
                skip();
            } else if (at >= text.length() || text.charAt(at) != ']') {
                throw wrong("want ',' or ']' in a list");
            }
        }
        depth--;
        return new Value.Plain("[" + String.join(", ", items) + "]");
    }

    private void enter() throws SetException {
        if (++depth > DEEPEST) {
            throw wrong("nested deeper than " + DEEPEST);
        }
    }

    private String string() throws SetException {
        int begin = ++at;
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= text.length() || text.charAt(at) != '"') {
            at = Math.min(begin, text.length());
            throw wrong("the text has no closing quote");
        }
        return text.substring(begin, at++);
    }

    private String word() throws SetException {
        int begin = at;
        while (at < text.length() && isPartOfWord(text.charAt(at))) {
            at++;
        }
        if (begin == at) {
            throw wrong("unexpected '%c'".formatted(text.charAt(at)));
        }
        return text.substring(begin, at);
    }

    private static boolean isPartOfWord(char letter) {
        return "+-._".indexOf(letter) >= 0 || Character.isLetterOrDigit(letter);
    }

    private boolean take(char wanted) {
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    /** Skips white space and comments of both kinds. */
    private void skip() throws SetException {
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw wrong("the comment has no end");
                }
                at = end + 2;
            } else {
                return;
            }
        }
    }

    private int line() {
        return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    }

    private int column() {
        return at - text.lastIndexOf('\n', at - 1);
    }

    private SetException wrong(String what) {
        return new SetException(file, line(), column(), what);
    }
}
