package org.feuerprobe.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reader of rt-app's files ({@code docs/real-time.md}). A job is what a task does between two
 * timers; what it runs while it holds a lock is a section. Times become nanoseconds. An event that
 * the analysis does not know, such as waiting for another task, is an error with its place.
 */
public final class RtAppReader {
    private static final long NANOS = 1000;
    private static final Set<String> OPTIONS =
            Set.of(
                    "priority",
                    "policy",
                    "instance",
                    "loop",
                    "cpus",
                    "phases",
                    "delay",
                    "dl-runtime",
                    "dl-period",
                    "dl-deadline",
                    "util_min",
                    "util_max",
                    "nodes_membind",
                    "taskgroup");
    private static final Set<String> FIXED = Set.of("SCHED_FIFO", "SCHED_RR");

    private final String file;
    private final Optional<Policy> wanted;
    private final List<SetException.Problem> problems = new ArrayList<>();
    private final Map<String, String> processors = new TreeMap<>();
    private final Set<Policy> policies = new TreeSet<>();

    private RtAppReader(String file, Optional<Policy> wanted) {
        this.file = file;
        this.wanted = wanted;
    }

    /**
     * Reads a set.
     *
     * @param file its name for messages
     * @param wanted the policy of tasks whose own promises no deadlines; empty: they are errors
     */
    public static TaskSet read(String file, String text, Optional<Policy> wanted)
            throws SetException {
        return new RtAppReader(file, wanted).set(JsonEvents.parse(file, text));
    }

    private TaskSet set(JsonEvents.Value.Events root) throws SetException {
        String usual = "SCHED_OTHER";
        Optional<JsonEvents.Event> global = root.find("global");
        if (global.isPresent()
                && global.get().value() instanceof JsonEvents.Value.Events options
                && options.find("default_policy").isPresent()) {
            usual = plain(options.find("default_policy").get());
        }
        JsonEvents.Event list =
                root.find("tasks")
                        .orElseThrow(() -> new SetException(file, 1, 1, "missing key 'tasks'"));
        List<Task> tasks = new ArrayList<>();
        if (list.value() instanceof JsonEvents.Value.Events all) {
            for (JsonEvents.Event task : all.all()) {
                task(task, usual, tasks);
            }
        }
        if (tasks.isEmpty() && problems.isEmpty()) {
            problem(list, "'tasks' has no task");
        }
        if (tasks.size() > TaskSet.MOST_TASKS) {
            problem(list, "more than %d tasks".formatted(TaskSet.MOST_TASKS));
        }
        if (Set.copyOf(processors.values()).size() > 1) {
            problem(
                    list,
                    "tasks on several processors (%s): write a file for each"
                            .formatted(String.join(" and ", new TreeSet<>(processors.values()))));
        }
        if (policies.size() > 1) {
            problem(list, "earliest deadline first beside fixed priorities: write a file for each");
        }
        if (problems.isEmpty() && wanted.isPresent() && !policies.contains(wanted.get())) {
            problem(list, "every task has a policy of its own: leave --policy out");
        }
        if (!problems.isEmpty()) {
            throw new SetException(file, problems);
        }
        return new TaskSet(policies.iterator().next(), KernelCosts.NONE, tasks);
    }

    private void task(JsonEvents.Event event, String usual, List<Task> tasks) {
        if (!(event.value() instanceof JsonEvents.Value.Events body)) {
            problem(event, "task '%s': want an object".formatted(event.key()));
            return;
        }
        int before = problems.size();
        String word = body.find("policy").map(RtAppReader::plain).orElse(usual);
        Optional<Policy> own = policy(word);
        if (own.isEmpty() && wanted.isEmpty()) {
            problem(
                    event,
                    "task '%s': %s promises no deadlines; want SCHED_FIFO, SCHED_RR or SCHED_DEADLINE, or give --policy"
                            .formatted(event.key(), word));
        }
        own.or(() -> wanted).ifPresent(policies::add);
        processors.put(event.key(), body.find("cpus").map(RtAppReader::plain).orElse("[any]"));
        Body jobs = new Body();
        Optional<JsonEvents.Event> phases = body.find("phases");
        if (phases.isPresent() && phases.get().value() instanceof JsonEvents.Value.Events all) {
            for (JsonEvents.Event phase : all.all()) {
                if (phase.value() instanceof JsonEvents.Value.Events events) {
                    jobs.add(events);
                }
            }
        } else {
            jobs.add(body);
        }
        long cost = body.find("dl-runtime").map(this::micros).orElse(jobs.longest);
        long period = body.find("dl-period").map(this::micros).orElse(jobs.shortest);
        if (problems.size() == before && period == Long.MAX_VALUE) {
            problem(event, "task '%s' has no timer with a period".formatted(event.key()));
        }
        if (problems.size() == before && cost == 0) {
            problem(event, "task '%s' runs for no time".formatted(event.key()));
        }
        long deadline = body.find("dl-deadline").map(this::micros).orElse(period);
        long offset = body.find("delay").map(this::micros).orElse(0L);
        long priority = body.find("priority").map(this::whole).orElse(0L);
        long copies = body.find("instance").map(this::whole).orElse(1L);
        if (problems.size() > before) {
            return;
        }
        for (long i = 0; i < copies && tasks.size() <= TaskSet.MOST_TASKS; i++) {
            tasks.add(
                    new Task(
                            copies == 1 ? event.key() : event.key() + "-" + i,
                            false,
                            cost,
                            period,
                            deadline,
                            0,
                            offset,
                            own.equals(Optional.of(Policy.FP))
                                    ? OptionalInt.of((int) priority)
                                    : OptionalInt.empty(),
                            body.find("dl-runtime").isPresent() ? List.of() : jobs.sections));
        }
    }

    private static Optional<Policy> policy(String word) {
        if (FIXED.contains(word)) {
            return Optional.of(Policy.FP);
        }
        return word.equals("SCHED_DEADLINE") ? Optional.of(Policy.EDF) : Optional.empty();
    }

    /**
     * The jobs of a task: the longest, the shortest period, and the longest section of each lock.
     */
    private final class Body {
        private long longest;
        private long shortest = Long.MAX_VALUE;
        private List<Section> sections = List.of();

        /** Adds what a task or a phase does in each turn. */
        private void add(JsonEvents.Value.Events events) {
            long cost = 0;
            List<Section> held = new ArrayList<>();
            String lock = "";
            long since = 0;
            long period = Long.MAX_VALUE;
            for (JsonEvents.Event event : events.all()) {
                String name = event.key().replaceFirst("[0-9]+$", "");
                if (OPTIONS.contains(event.key())) {
                    continue;
                }
                switch (name) {
                    case "run", "runtime" -> cost += micros(event);
                    case "lock" -> {
                        if (!lock.isEmpty()) {
                            problem(event, "a second lock: nesting is not supported");
                        }
                        lock = plain(event);
                        since = cost;
                    }
                    case "unlock" -> {
                        if (!lock.equals(plain(event))) {
                            problem(event, "this resource is not locked here");
                        } else if (cost > since) {
                            held.add(new Section(lock, since, cost - since));
                        }
                        lock = "";
                    }
                    case "timer" -> {
                        if (period != Long.MAX_VALUE) {
                            problem(event, "a second timer: want one in each turn");
                        }
                        period = period(event);
                    }
                    default ->
                            problem(
                                    event,
                                    "event '%s': the analysis knows only run, runtime, timer, lock and unlock"
                                            .formatted(event.key()));
                }
            }
            if (!lock.isEmpty()) {
                problems.add(
                        new SetException.Problem(
                                events.all().getLast().line(),
                                events.all().getLast().column(),
                                "'%s' stays locked at the end of a turn".formatted(lock)));
            }
            shortest = Math.min(shortest, period);
            longest = Math.max(longest, cost);
            sections = sections.isEmpty() ? held : held.isEmpty() ? sections : joined(held);
            longest = Math.max(longest, end(sections));
        }

        /**
         * The sections of several phases as those of one job. It holds each lock for as long as any
         * phase does, one after the other.
         */
        private List<Section> joined(List<Section> held) {
            Map<String, Long> lengths = new TreeMap<>();
            for (Section section : sections) {
                lengths.merge(section.resource(), section.length(), Math::max);
            }
            for (Section section : held) {
                lengths.merge(section.resource(), section.length(), Math::max);
            }
            List<Section> joined = new ArrayList<>();
            lengths.forEach((lock, length) -> joined.add(new Section(lock, end(joined), length)));
            return joined;
        }

        private long period(JsonEvents.Event event) {
            Optional<JsonEvents.Event> period =
                    event.value() instanceof JsonEvents.Value.Events timer
                            ? timer.find("period")
                            : Optional.empty();
            if (period.isEmpty()) {
                problem(event, "'timer' has no period");
                return 1;
            }
            return micros(period.get());
        }
    }

    private static long end(List<Section> sections) {
        return sections.isEmpty() ? 0 : sections.getLast().end();
    }

    private long micros(JsonEvents.Event event) {
        return whole(event) * NANOS;
    }

    private long whole(JsonEvents.Event event) {
        String text = plain(event);
        if (text.matches("-?[0-9]{1,9}")) {
            return Long.parseLong(text);
        }
        problem(
                event,
                String.format(Locale.ROOT, "'%s' is %s, want a whole number", event.key(), text));
        return 1;
    }

    private static String plain(JsonEvents.Event event) {
        return event.value() instanceof JsonEvents.Value.Plain plain ? plain.text() : "{}";
    }

    private void problem(JsonEvents.Event event, String text) {
        problems.add(new SetException.Problem(event.line(), event.column(), text));
    }
}
