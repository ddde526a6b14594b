// Stands before a server for a client that cannot show a token: adds it, and changes nothing else of a request.
// Usage: node token-proxy.mjs SERVER_PORT TOKEN_FILE; prints the port that it listens on.
import { readFileSync } from "node:fs";
import http from "node:http";

const [port, tokenFile] = process.argv.slice(2);
const token = readFileSync(tokenFile, "utf8").trim();

const proxy = http.createServer((request, response) => {
  const headers = { ...request.headers, authorization: `Bearer ${token}` };
  const onward = http.request(
    { host: "127.0.0.1", port, method: request.method, path: request.url, headers },
    (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    },
  );
  onward.on("error", (failure) => response.writeHead(502).end(String(failure)));
  request.pipe(onward);
});
proxy.listen(0, "127.0.0.1", () => console.log(proxy.address().port));
