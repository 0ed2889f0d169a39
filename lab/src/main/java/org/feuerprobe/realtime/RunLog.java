package org.feuerprobe.realtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.feuerprobe.schedule.Job;

/** Reader of the lines that the scheduler in ring 3 prints: {@code rt RUN JOB START END STATUS}. */
final class RunLog {
    private static final Pattern LINE =
            Pattern.compile("rt (\\d{1,9}) (\\d{1,9}) (\\d{1,18}) (\\d{1,18}) ([0-2])");
    private static final int DONE = 1;
    private static final int OVERRUN = 2;

    private RunLog() {}

    /**
     * A job that ran.
     *
     * @param run number of the run
     * @param overrun whether it was ended because its budget was used up
     */
    record Ran(int run, Job job, long start, long end, boolean overrun) {
        long response() {
            return end - job.arrival();
        }
    }

    /** All jobs of a plan, in its order; empty if one is missing or has not ended. */
    static Optional<List<Ran>> read(RunPlan plan, String log) {
        List<Ran> jobs = new ArrayList<>();
        int run = 0;
        int number = 0;
        for (String text : log.lines().toList()) {
            Matcher line = LINE.matcher(text.strip());
            if (!line.matches()) {
                continue;
            }
            while (run < plan.runs().size() && number == plan.runs().get(run).size()) {
                run++;
                number = 0;
            }
            int status = Integer.parseInt(line.group(5));
            if (run == plan.runs().size()
                    || Integer.parseInt(line.group(1)) != run
                    || Integer.parseInt(line.group(2)) != number
                    || (status != DONE && status != OVERRUN)) {
                return Optional.empty();
            }
            jobs.add(
                    new Ran(
                            run,
                            plan.runs().get(run).get(number),
                            Long.parseLong(line.group(3)),
                            Long.parseLong(line.group(4)),
                            status == OVERRUN));
            number++;
        }
        return jobs.size() == plan.runs().stream().mapToInt(List::size).sum()
                ? Optional.of(jobs)
                : Optional.empty();
    }
}
