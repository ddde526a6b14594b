package dev.quarry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.server.IndexProgress;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapTrimTest {
    private final List<String> heard = new ArrayList<>();
    private final IndexProgress progress = new IndexProgress() {
        @Override
        public void progress(Phase phase, long done, long total) {
            heard.add(phase + " " + done + "/" + total);
        }

        @Override
        public void rest() {
            heard.add("rest");
        }

        @Override
        public boolean cancelled() {
            return true;
        }
    };

    @Test
    void progress_moreIsUsedThanMayBe_collectsGarbageAndHandsOn() {
        HeapTrim trim = new HeapTrim(progress, 1);
        WeakReference<byte[]> garbage = new WeakReference<>(new byte[1 << 20]);

        trim.progress(IndexProgress.Phase.INDEX, 1, 2);
        trim.rest();

        assertThat(garbage.get()).isNull();
        assertThat(heard).containsExactly("INDEX 1/2", "rest");
        assertThat(trim.cancelled()).isTrue();
    }
}
