package dev.quarry.tests;

import dev.quarry.ingest.FactsSink;
import dev.quarry.ingest.Ingest;
import dev.quarry.ingest.IngestOptions;
import dev.quarry.ingest.ProgressListener;
import dev.quarry.ingest.RepositoryScan;
import dev.quarry.ingest.ScanOptions;
import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.SharedFacts;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What an index run made of the files of a directory, by their paths, and all nodes, those of leaves too. */
record IndexRun(Map<String, FileFacts> files, Map<NodeId, Node> nodes) {
    static IndexRun of(Path root) {
        Map<String, FileFacts> files = new TreeMap<>();
        Map<NodeId, Node> nodes = new HashMap<>();
        FactsSink sink = new FactsSink() {
            @Override
            public void file(FileFacts facts) {
                files.put(facts.file().path(), facts);
                facts.nodes().forEach(node -> nodes.put(node.id(), node));
            }

            @Override
            public void shared(SharedFacts facts) {
                facts.nodes().forEach(node -> nodes.put(node.id(), node));
            }

            @Override
            public void derived(DerivedFacts facts) {
                facts.nodes().forEach(node -> nodes.put(node.id(), node));
            }
        };
        RepositoryScan scan = RepositoryScan.of(root, ScanOptions.defaults());
        Ingest.run(scan, IngestOptions.defaults().withoutPoms(), sink, ProgressListener.NONE);
        return new IndexRun(files, nodes);
    }
}
