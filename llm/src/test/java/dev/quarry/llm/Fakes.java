package dev.quarry.llm;

import dev.quarry.fake.FakeProvider;

/** Fake providers as backends. */
final class Fakes {
    private Fakes() {}

    /** A backend that speaks to a fake provider in the format of its kind, and is asked once. */
    static BackendConfig backend(FakeProvider provider, String name, BackendKind kind) {
        return BackendConfig.of(
                        name,
                        kind,
                        kind == BackendKind.OLLAMA ? provider.ollamaUrl() : provider.url(),
                        FakeProvider.MODEL)
                .withRetries(0);
    }
}
