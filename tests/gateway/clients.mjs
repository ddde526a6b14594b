// Asks a gateway with the official clients of OpenAI or Anthropic, and prints what they understood as one JSON object.
// Usage: node clients.mjs openai|anthropic ADDRESS KEY
import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";

const [provider, address, key] = process.argv.slice(2);
const hello = [{ role: "user", content: "Hello?" }];
const parts = [{ role: "user", content: [{ type: "text", text: "Hello?" }] }];
const code = [{ role: "user", content: "Where is the area of a shape computed?" }];

// How a call fails: the class of the error, its status, and what it says.
async function failure(call) {
  try {
    await call();
  } catch (error) {
    return { type: error.constructor.name, status: error.status, param: error.param, message: String(error.message) };
  }
  return null;
}

async function all(events) {
  const list = [];
  for await (const event of events) list.push(event);
  return list;
}

async function askOpenAi() {
  const client = new OpenAI({ baseURL: `${address}/v1`, apiKey: key, maxRetries: 0 });
  const stranger = new OpenAI({ baseURL: `${address}/v1`, apiKey: "wrong", maxRetries: 0 });
  const tools = [{ type: "function", function: { name: "look", parameters: { type: "object", properties: {} } } }];
  const create = (model, more = {}, options = {}) =>
    client.chat.completions.create({ model, messages: hello, max_tokens: 50, ...more }, options);
  const whole = (reply) => ({
    text: reply.choices[0].message.content,
    reason: reply.choices[0].finish_reason,
    tokens: [reply.usage.prompt_tokens, reply.usage.completion_tokens],
  });
  const stream = async (model, more = {}) => {
    const chunks = await all(await create(model, { stream: true, stream_options: { include_usage: true }, ...more }));
    const choices = chunks.filter((chunk) => chunk.choices.length > 0).map((chunk) => chunk.choices[0]);
    const usage = chunks.at(-1).usage;
    return {
      text: choices.map((choice) => choice.delta.content ?? "").join(""),
      reason: choices.find((choice) => choice.finish_reason).finish_reason,
      tokens: [usage.prompt_tokens, usage.completion_tokens],
    };
  };
  return {
    created: whole(await create("auto", { messages: [{ role: "system", content: "Be brief." }, ...parts] })),
    streamed: await stream("auto", { temperature: 0.5, stop: ["END"] }),
    helper: await client.chat.completions.stream({ model: "auto", messages: hello }).finalContent(),
    models: (await all(client.models.list())).map((model) => model.id),
    context: (await create("quarry/auto", { messages: code })).choices[0].message.content,
    contextByHeader: (await create("auto", { messages: code }, { headers: { "X-Quarry-Context": "on" } })).quarry,
    contextStreamed: (await stream("quarry/auto", { messages: code })).text,
    tools: (await create("same", { tools })).id,
    toolsStreamed: (await stream("same", { tools })).text,
    toolsElsewhere: await failure(() => create("other", { tools })),
    unknown: await failure(() => create("none")),
    stranger: await failure(() => stranger.models.list()),
    busy: await failure(() => create("busy")),
    cut: await failure(() => stream("cut")),
  };
}

async function askAnthropic() {
  const client = new Anthropic({ baseURL: address, apiKey: key, maxRetries: 0 });
  const stranger = new Anthropic({ baseURL: address, apiKey: "wrong", maxRetries: 0 });
  const tools = [{ name: "look", input_schema: { type: "object", properties: {} } }];
  const request = (model, more) => ({ model, messages: hello, max_tokens: 50, ...more });
  const create = (model, more = {}, options = {}) => client.messages.create(request(model, more), options);
  const whole = (reply) => ({
    text: reply.content.map((block) => block.text).join(""),
    reason: reply.stop_reason,
    tokens: [reply.usage.input_tokens, reply.usage.output_tokens],
  });
  const stream = async (model, more = {}) => whole(await client.messages.stream(request(model, more)).finalMessage());
  return {
    created: whole(await create("auto", { messages: parts, system: [{ type: "text", text: "Be brief." }] })),
    streamed: await stream("auto", { temperature: 0.5, stop_sequences: ["END"] }),
    helper: await client.messages.stream(request("auto", {})).finalText(),
    models: (await all(client.models.list())).map((model) => model.id),
    context: whole(await create("quarry/auto", { messages: code })).text,
    contextByHeader: (await create("auto", { messages: code }, { headers: { "X-Quarry-Context": "on" } })).quarry,
    contextStreamed: (await stream("quarry/auto", { messages: code })).text,
    tools: (await create("same", { tools })).id,
    toolsStreamed: (await stream("same", { tools })).text,
    toolsElsewhere: await failure(() => create("other", { tools })),
    unknown: await failure(() => create("none")),
    stranger: await failure(() => stranger.models.list()),
    busy: await failure(() => create("busy")),
    cut: await failure(() => stream("cut")),
  };
}

console.log(JSON.stringify(await (provider === "openai" ? askOpenAi() : askAnthropic())));
