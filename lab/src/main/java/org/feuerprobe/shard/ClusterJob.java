package org.feuerprobe.shard;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.feuerprobe.harness.CommandWords;
import tools.jackson.databind.json.JsonMapper;

/**
 * A campaign as a job of a cluster's own scheduler: one task per shard, and a merge after the last
 * one.
 *
 * @param workers number of shards
 * @param launcher the command that starts Feuerprobe on each machine
 * @param folder for the parts; all machines share it
 * @param words the options that describe the campaign
 */
public record ClusterJob(int workers, String launcher, Path folder, List<String> words) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /**
     * A script that submits an array of workers to Slurm, and a merge that runs after the last of
     * them, also if some are lost: it says which boots are missing. Slurm starts a lost worker
     * again, which then carries out only the boots that it had not kept.
     */
    public String slurm() {
        return """
        #!/bin/sh
        # Feuerprobe on Slurm: an array of %1$d workers, and a job that merges their parts.
        # Run it where sbatch is. %2$s must be a folder that all nodes share.
        set -eu
        mkdir -p %2$s
        %3$s >/dev/null # builds the kernel once, before the workers
        array=$(sbatch --parsable --job-name=feuerprobe --array=1-%1$d --requeue --open-mode=append \\
            --output=%4$s <<'END'
        #!/bin/sh
        exec %5$s --shard "$SLURM_ARRAY_TASK_ID/%1$d" --host "$SLURMD_NODENAME" --jobs "${SLURM_CPUS_PER_TASK:-1}"
        END
        )
        merge=$(sbatch --parsable --job-name=feuerprobe-merge --dependency="afterany:$array" --output=%6$s <<'END'
        #!/bin/sh
        exec %7$s
        END
        )
        echo "workers: job $array; merge: job $merge, which writes %6$s"
        """
                .formatted(
                        workers,
                        quoted(folder.toString()),
                        line("validate", "--dry-run"),
                        quoted(folder.resolve("worker-%a.log").toString()),
                        line("worker", "--out", folder.toString()),
                        quoted(folder.resolve("merge.log").toString()),
                        CommandWords.line(
                                List.of(launcher, "archive", "merge", folder.toString())));
    }

    /**
     * An Indexed Job of Kubernetes, and a suspended Job that merges the parts.
     *
     * @param image container image with Feuerprobe
     * @param claim name of the PersistentVolumeClaim that holds the parts
     */
    public String kubernetes(String image, String claim) {
        return """
        # Feuerprobe on Kubernetes: an Indexed Job with %1$d workers, and a Job that merges their parts.
        # The claim %2$s must allow ReadWriteMany. When all workers are done, start the merge:
        #   kubectl wait --for=condition=complete --timeout=-1s job/feuerprobe
        #   kubectl patch job/feuerprobe-merge -p '{"spec":{"suspend":false}}'
        #   kubectl logs -f job/feuerprobe-merge
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: feuerprobe
        spec:
          completionMode: Indexed
          completions: %1$d
          parallelism: %1$d
          backoffLimit: %3$d
        %4$s---
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: feuerprobe-merge
        spec:
          suspend: true
          backoffLimit: 0
        %5$s\
        """
                .formatted(
                        workers,
                        claim,
                        Math.max(6, workers / 10),
                        pod(
                                image,
                                claim,
                                "exec "
                                        + line("worker", "--out", folder.toString())
                                        + " --jobs 1 --shard \"$((JOB_COMPLETION_INDEX + 1))/%d\" --host \"$NODE\""
                                                .formatted(workers)),
                        pod(
                                image,
                                claim,
                                "exec "
                                        + CommandWords.line(
                                                List.of(
                                                        launcher,
                                                        "archive",
                                                        "merge",
                                                        folder.toString(),
                                                        "--archive",
                                                        folder.resolve("archive").toString()))));
    }

    private String pod(String image, String claim, String command) {
        return """
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: feuerprobe
                  image: %s
                  command: ["/bin/sh", "-c", %s]
                  env:
                    - name: NODE
                      valueFrom:
                        fieldRef:
                          fieldPath: spec.nodeName
                  volumeMounts:
                    - name: parts
                      mountPath: %s
              volumes:
                - name: parts
                  persistentVolumeClaim:
                    claimName: %s
        """
                .formatted(json(image), json(command), json(folder.toString()), json(claim));
    }

    /** A string of JSON is a string of YAML. */
    private static String json(String text) {
        return MAPPER.writeValueAsString(text);
    }

    private String line(String... command) {
        List<String> all = new ArrayList<>(List.of(launcher));
        all.addAll(List.of(command));
        all.addAll(words);
        return CommandWords.line(all);
    }

    private static String quoted(String word) {
        return CommandWords.line(List.of(word));
    }
}
