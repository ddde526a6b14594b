package dev.quarry.embed;

import dev.quarry.embed.OnnxNetwork.Buffers;
import dev.quarry.schema.Futures;
import dev.quarry.schema.QuarryException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;

/**
 * Turns texts into unit vectors whose inner product says how close in meaning the texts are.
 *
 * <p>The same text always gives the same vector, whatever it is embedded together with. Safe for use by several threads;
 * {@link #close()} waits for calls that are under way.
 */
public final class EmbeddingModel implements AutoCloseable {
    private final ModelManifest manifest;
    private final WordPiece tokenizer;
    private final OnnxNetwork network;
    private final int threads;
    private final ExecutorService workers;
    private final ConcurrentLinkedQueue<Buffers> idleBuffers = new ConcurrentLinkedQueue<>();
    private final ReadWriteLock life = new ReentrantReadWriteLock();
    private boolean closed;

    private EmbeddingModel(ModelManifest manifest, WordPiece tokenizer, OnnxNetwork network, EmbedOptions options) {
        this.manifest = manifest;
        this.tokenizer = tokenizer;
        this.network = network;
        threads = options.threads();
        workers = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("quarry-embed-", 1).factory());
    }

    /**
     * Loads a model after checking its manifest's signature and its files' digests on the bytes that are loaded.
     *
     * @throws QuarryException MODEL_REFUSED if a file is missing or not the one that was signed
     */
    public static EmbeddingModel open(ModelSource source, EmbedOptions options) {
        return open(source, options, VerifiedModel.key(VerifiedModel.TRUSTED_KEY));
    }

    /** The same, trusting another key. */
    static EmbeddingModel open(ModelSource source, EmbedOptions options, PublicKey trusted) {
        try (ExecutorService beside = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("quarry-model-", 1).factory())) {
            Future<?> _ = beside.submit(OnnxLibrary::environment); // the network asks for it again
            VerifiedModel model = VerifiedModel.read(source, trusted);
            Future<WordPiece> tokenizer = beside.submit(() -> WordPiece.of(model.tokenizer()));
            OnnxNetwork network = OnnxNetwork.of(model, options.provider());
            try {
                return new EmbeddingModel(model.manifest(), Futures.join(tokenizer), network, options);
            } catch (RuntimeException e) {
                network.close();
                throw e;
            }
        }
    }

    /** What the model is and where it comes from. */
    public ModelManifest manifest() {
        return manifest;
    }

    /** Names the space of the vectors: those of another id are not comparable. */
    public String id() {
        return manifest.id();
    }

    /** The length of a vector. */
    public int dimension() {
        return manifest.dimension();
    }

    /**
     * The vectors of these texts, in their order, computed on all threads of the options. What exceeds the model's limit
     * of tokens is not read.
     *
     * @throws IllegalStateException if the model is closed
     */
    public float[][] embed(List<String> texts) {
        life.readLock().lock();
        try {
            requireOpen();
            return embedOpen(texts);
        } finally {
            life.readLock().unlock();
        }
    }

    /**
     * The vectors of declarations, in the order of their texts: the mean of each text's vector and, weighted less, that of
     * its head alone. The head says most of what a declaration is for, and the source drowns it.
     *
     * @param texts as {@link EmbeddingText} makes them
     * @throws IllegalStateException if the model is closed
     */
    public float[][] embedDeclarations(List<String> texts) {
        List<String> all = new ArrayList<>(texts);
        Map<String, Integer> places = new HashMap<>();
        for (String text : texts) {
            places.computeIfAbsent(EmbeddingText.head(text), head -> {
                all.add(head);
                return all.size() - 1;
            });
        }
        float[][] vectors = embed(all);
        float[][] pooled = new float[texts.size()][];
        for (int i = 0; i < pooled.length; i++) {
            Integer head = places.get(EmbeddingText.head(texts.get(i)));
            pooled[i] = Pooling.leaning(vectors[i], vectors[head == null ? i : head]);
        }
        return pooled;
    }

    /**
     * The vector of a question, computed on the calling thread.
     *
     * @throws IllegalStateException if the model is closed
     */
    public float[] embedQuery(String text) {
        life.readLock().lock();
        try {
            requireOpen();
            Buffers buffers = takeBuffers();
            try {
                return network.run(tokenizer.encode(text, manifest.maxTokens()), buffers);
            } finally {
                idleBuffers.add(buffers);
            }
        } finally {
            life.readLock().unlock();
        }
    }

    /** Waits for the calls under way and frees the model's memory. */
    @Override
    public void close() {
        life.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                workers.close();
                network.close();
            }
        } finally {
            life.writeLock().unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the embedding model is closed");
        }
    }

    private Buffers takeBuffers() {
        Buffers buffers = idleBuffers.poll();
        return buffers == null ? network.buffers() : buffers;
    }

    /** Longest first, so that no thread is left alone with a long text at the end. */
    private float[][] embedOpen(List<String> texts) {
        int[][] pieces = new int[texts.size()][];
        List<Runnable> tokenize = new ArrayList<>();
        AtomicInteger nextText = new AtomicInteger();
        float[][] vectors = new float[texts.size()][];
        int width = Math.min(threads, texts.size());
        for (int i = 0; i < width; i++) {
            tokenize.add(() -> {
                for (int t = nextText.getAndIncrement(); t < pieces.length; t = nextText.getAndIncrement()) {
                    pieces[t] = tokenizer.encode(texts.get(t), manifest.maxTokens());
                }
            });
        }
        runAll(tokenize);
        int[] order = IntStream.range(0, pieces.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer t) -> -pieces[t].length))
                .mapToInt(Integer::intValue)
                .toArray();
        AtomicInteger nextPlace = new AtomicInteger();
        List<Runnable> run = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            run.add(() -> runNetwork(pieces, order, nextPlace, vectors));
        }
        runAll(run);
        return vectors;
    }

    private void runNetwork(int[][] pieces, int[] order, AtomicInteger nextPlace, float[][] vectors) {
        Buffers buffers = takeBuffers();
        try {
            for (int p = nextPlace.getAndIncrement(); p < order.length; p = nextPlace.getAndIncrement()) {
                vectors[order[p]] = network.run(pieces[order[p]], buffers);
            }
        } finally {
            idleBuffers.add(buffers);
        }
    }

    private void runAll(List<Runnable> tasks) {
        List<Future<?>> futures = new ArrayList<>();
        for (Runnable task : tasks) {
            futures.add(workers.submit(task));
        }
        for (Future<?> future : futures) {
            Futures.join(future);
        }
    }
}
