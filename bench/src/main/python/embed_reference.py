"""Embeds texts by ONNX Runtime in Python, as the reference of 'quarry-bench embed'.

    embed_reference.py MODEL.onnx TOKENIZER.json TEXTS.json MAX_TOKENS THREADS BATCH OUT

TEXTS is a JSON list. Texts are sorted by length and padded in batches, as sentence-transformers does it. OUT takes the
unit vectors, little-endian floats, in the order of the texts. Prints the seconds of tokens and network together, without
what loads them. Needs numpy, onnxruntime and tokenizers.
"""

import json
import sys
import time

import numpy
import onnxruntime
from tokenizers import Tokenizer


def main(model, tokenizer_file, texts_file, max_tokens, threads, batch, out):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(tokenizer_file)
    tokenizer.enable_truncation(max_tokens)
    tokenizer.enable_padding()
    with open(texts_file, encoding="utf-8") as file:
        texts = json.load(file)

    def embed(some):
        encoded = tokenizer.encode_batch(some)
        ids = numpy.array([e.ids for e in encoded])
        mask = numpy.array([e.attention_mask for e in encoded])
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": numpy.zeros_like(ids)}
        states = session.run(["last_hidden_state"], inputs)[0][:, 0]
        return states / numpy.linalg.norm(states, axis=1, keepdims=True)

    embed(texts[:batch])
    start = time.perf_counter()
    order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
    vectors = [None] * len(texts)
    for first in range(0, len(order), batch):
        part = order[first:first + batch]
        for i, vector in zip(part, embed([texts[i] for i in part])):
            vectors[i] = vector
    seconds = time.perf_counter() - start
    numpy.array(vectors, "<f4").tofile(out)
    print(seconds)


if __name__ == "__main__":
    if len(sys.argv) != 8:
        sys.exit(__doc__)
    main(*sys.argv[1:4], *map(int, sys.argv[4:7]), sys.argv[7])
