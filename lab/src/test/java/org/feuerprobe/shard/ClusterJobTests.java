package org.feuerprobe.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

final class ClusterJobTests {
    private static final ClusterJob JOB =
            new ClusterJob(
                    12,
                    "/opt/feuer probe/feuerprobe",
                    Path.of("/shared/my parts"),
                    List.of("--only", "cap_table_*", "--boots", "300"));

    /** Knows every key of a Job and its type, from Kubernetes's OpenAPI schema; others fail. */
    private static final JsonMapper SCHEMA =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .annotationIntrospector(
                            new JacksonAnnotationIntrospector() {
                                @Override
                                public Boolean hasAnySetter(
                                        MapperConfig<?> config, Annotated annotated) {
                                    return false;
                                }
                            })
                    .build();

    private static List<Job> jobs(String yaml) {
        List<Job> jobs = new ArrayList<>();
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
            jobs.add(SCHEMA.convertValue(document, Job.class));
        }
        return jobs;
    }

    @Test
    void slurmRunsAnArrayAndThenTheMerge() {
        assertThat(JOB.slurm())
                .isEqualTo(
                        """
                        #!/bin/sh
                        # Feuerprobe on Slurm: an array of 12 workers, and a job that merges their parts.
                        # Run it where sbatch is. '/shared/my parts' must be a folder that all nodes share.
                        set -eu
                        mkdir -p '/shared/my parts'
                        '/opt/feuer probe/feuerprobe' validate --dry-run --only 'cap_table_*' --boots 300 >/dev/null # builds the kernel once, before the workers
                        array=$(sbatch --parsable --job-name=feuerprobe --array=1-12 --requeue --open-mode=append \\
                            --output='/shared/my parts/worker-%a.log' <<'END'
                        #!/bin/sh
                        exec '/opt/feuer probe/feuerprobe' worker --out '/shared/my parts' --only 'cap_table_*' --boots 300 --shard "$SLURM_ARRAY_TASK_ID/12" --host "$SLURMD_NODENAME" --jobs "${SLURM_CPUS_PER_TASK:-1}"
                        END
                        )
                        merge=$(sbatch --parsable --job-name=feuerprobe-merge --dependency="afterany:$array" --output='/shared/my parts/merge.log' <<'END'
                        #!/bin/sh
                        exec '/opt/feuer probe/feuerprobe' archive merge '/shared/my parts'
                        END
                        )
                        echo "workers: job $array; merge: job $merge, which writes '/shared/my parts/merge.log'"
                        """);
    }

    @Test
    void kubernetesReadsAnIndexedJobAndTheMerge() {
        List<Job> jobs =
                jobs(
                        new ClusterJob(12, "feuerprobe", Path.of("/parts"), JOB.words())
                                .kubernetes("registry.example/feuerprobe:1", "parts"));

        assertThat(jobs).hasSize(2);
        Job workers = jobs.getFirst();
        assertThat(workers.getApiVersion()).isEqualTo("batch/v1");
        assertThat(workers.getKind()).isEqualTo("Job");
        assertThat(workers.getSpec().getCompletionMode()).isEqualTo("Indexed");
        assertThat(workers.getSpec().getCompletions()).isEqualTo(12);
        assertThat(workers.getSpec().getParallelism()).isEqualTo(12);
        assertThat(command(workers))
                .containsExactly(
                        "/bin/sh",
                        "-c",
                        "exec feuerprobe worker --out /parts --only 'cap_table_*' --boots 300 --jobs 1 --shard \"$((JOB_COMPLETION_INDEX + 1))/12\" --host \"$NODE\"");
        assertThat(jobs.getLast().getSpec().getSuspend()).isTrue();
        assertThat(command(jobs.getLast()))
                .containsExactly(
                        "/bin/sh",
                        "-c",
                        "exec feuerprobe archive merge /parts --archive /parts/archive");
        for (Job job : jobs) {
            var pod = job.getSpec().getTemplate().getSpec();
            assertThat(pod.getRestartPolicy()).as("a Job refuses Always").isEqualTo("Never");
            assertThat(pod.getContainers().getFirst().getImage())
                    .isEqualTo("registry.example/feuerprobe:1");
            assertThat(pod.getVolumes().getFirst().getPersistentVolumeClaim().getClaimName())
                    .isEqualTo("parts");
        }
    }

    @Test
    void theSchemaRefusesWhatIsNoJob() {
        assertThatThrownBy(() -> jobs("spec: {completion: 3}"))
                .isInstanceOf(MismatchedInputException.class)
                .hasMessageContaining("completion");
        assertThatThrownBy(() -> jobs("spec: {completions: many}"))
                .isInstanceOf(MismatchedInputException.class);
    }

    private static List<String> command(Job job) {
        return job.getSpec().getTemplate().getSpec().getContainers().getFirst().getCommand();
    }
}
