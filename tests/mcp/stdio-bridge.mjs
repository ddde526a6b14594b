// Lets a client that only speaks HTTP reach a server on the standard streams: each message posted to /mcp is a line to the
// server, and the line that answers it is the reply.
// Usage: node stdio-bridge.mjs COMMAND [ARGUMENT…]; prints the port that it listens on.
import { spawn } from "node:child_process";
import http from "node:http";
import readline from "node:readline";

const [command, ...words] = process.argv.slice(2);
const server = spawn(command, words, { stdio: ["pipe", "pipe", "inherit"] });
const waiting = new Map();
let last = 0;

readline.createInterface({ input: server.stdout }).on("line", (line) => {
  const message = JSON.parse(line);
  const { id, response } = waiting.get(message.id);
  waiting.delete(message.id);
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ ...message, id }));
});

const bridge = http.createServer((request, response) => {
  if (request.method !== "POST") {
    response.writeHead(405, { allow: "POST" }).end();
    return;
  }
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    const message = JSON.parse(body);
    if (message.id === undefined) {
      server.stdin.write(JSON.stringify(message) + "\n");
      response.writeHead(202).end();
      return;
    }
    last += 1;
    waiting.set(last, { id: message.id, response });
    server.stdin.write(JSON.stringify({ ...message, id: last }) + "\n");
  });
});
bridge.listen(0, "127.0.0.1", () => console.log(bridge.address().port));
server.on("exit", () => process.exit(1));
process.on("SIGTERM", () => server.kill());
