"""Asks a gateway with the official clients of OpenAI or Anthropic, and prints what they understood as one JSON object.

Usage: clients.py openai|anthropic ADDRESS KEY
"""

import json
import sys

import anthropic
import openai

HELLO = [{"role": "user", "content": "Hello?"}]
PARTS = [{"role": "user", "content": [{"type": "text", "text": "Hello?"}]}]
CODE = [{"role": "user", "content": "Where is the area of a shape computed?"}]


def failure(call):
    """How a call fails: the class of the error, its status, and what it says."""
    try:
        call()
    except (openai.APIError, anthropic.APIError) as error:
        return {
            "type": type(error).__name__,
            "status": getattr(error, "status_code", None),
            "param": getattr(error, "param", None),
            "message": str(error),
        }
    return None


def ask_openai(address, key):
    client = openai.OpenAI(base_url=address + "/v1", api_key=key, max_retries=0)
    stranger = openai.OpenAI(base_url=address + "/v1", api_key="wrong", max_retries=0)
    tools = [{"type": "function", "function": {"name": "look", "parameters": {"type": "object", "properties": {}}}}]

    def create(model, **more):
        return client.chat.completions.create(model=model, **{"messages": HELLO, "max_tokens": 50, **more})

    def stream(model, **more):
        chunks = list(create(model, stream=True, stream_options={"include_usage": True}, **more))
        return {
            "text": "".join(c.choices[0].delta.content or "" for c in chunks if c.choices),
            "reason": next(c.choices[0].finish_reason for c in chunks if c.choices and c.choices[0].finish_reason),
            "tokens": [chunks[-1].usage.prompt_tokens, chunks[-1].usage.completion_tokens],
        }

    def whole(reply):
        return {
            "text": reply.choices[0].message.content,
            "reason": reply.choices[0].finish_reason,
            "tokens": [reply.usage.prompt_tokens, reply.usage.completion_tokens],
        }

    with client.chat.completions.stream(model="auto", messages=HELLO) as events:
        helper = events.get_final_completion().choices[0].message.content
    return {
        "created": whole(create("auto", messages=[{"role": "system", "content": "Be brief."}] + PARTS)),
        "streamed": stream("auto", temperature=0.5, stop=["END"]),
        "helper": helper,
        "models": [model.id for model in client.models.list()],
        "context": create("quarry/auto", messages=CODE).choices[0].message.content,
        "contextByHeader": create("auto", messages=CODE, extra_headers={"X-Quarry-Context": "on"}).model_extra["quarry"],
        "contextStreamed": stream("quarry/auto", messages=CODE)["text"],
        "tools": create("same", tools=tools).id,
        "toolsStreamed": stream("same", tools=tools)["text"],
        "toolsElsewhere": failure(lambda: create("other", tools=tools)),
        "unknown": failure(lambda: create("none")),
        "stranger": failure(lambda: stranger.models.list()),
        "busy": failure(lambda: create("busy")),
        "cut": failure(lambda: stream("cut")),
    }


def ask_anthropic(address, key):
    client = anthropic.Anthropic(base_url=address, api_key=key, max_retries=0)
    stranger = anthropic.Anthropic(base_url=address, api_key="wrong", max_retries=0)
    tools = [{"name": "look", "input_schema": {"type": "object", "properties": {}}}]

    def create(model, **more):
        return client.messages.create(model=model, **{"messages": HELLO, "max_tokens": 50, **more})

    def stream(model, **more):
        with client.messages.stream(model=model, **{"messages": HELLO, "max_tokens": 50, **more}) as events:
            return whole(events.get_final_message())

    def whole(reply):
        return {
            "text": "".join(block.text for block in reply.content),
            "reason": reply.stop_reason,
            "tokens": [reply.usage.input_tokens, reply.usage.output_tokens],
        }

    with client.messages.stream(model="auto", messages=HELLO, max_tokens=50) as events:
        helper = "".join(events.text_stream)
    return {
        "created": whole(create("auto", messages=PARTS, system=[{"type": "text", "text": "Be brief."}])),
        "streamed": stream("auto", stop_sequences=["END"]),
        "helper": helper,
        "models": [model.id for model in client.models.list()],
        "context": whole(create("quarry/auto", messages=CODE))["text"],
        "contextByHeader": create("auto", messages=CODE, extra_headers={"X-Quarry-Context": "on"}).model_extra["quarry"],
        "contextStreamed": stream("quarry/auto", messages=CODE)["text"],
        "tools": create("same", tools=tools).id,
        "toolsStreamed": stream("same", tools=tools)["text"],
        "toolsElsewhere": failure(lambda: create("other", tools=tools)),
        "unknown": failure(lambda: create("none")),
        "stranger": failure(lambda: stranger.models.list()),
        "busy": failure(lambda: create("busy")),
        "cut": failure(lambda: stream("cut")),
    }


asks = {"openai": ask_openai, "anthropic": ask_anthropic}
print(json.dumps(asks[sys.argv[1]](sys.argv[2], sys.argv[3])))
