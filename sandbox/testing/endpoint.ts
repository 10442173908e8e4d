import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { Message } from "../sns/message";

export interface Received {
  headers: IncomingHttpHeaders;
  message: Message;
}

/** A web server of this machine that topics deliver to: what it was sent comes out one by one, however long it takes. */
export async function startEndpoint(answer: (count: number) => number = () => 200) {
  const received: Received[] = [];
  const waiting: ((received: Received) => void)[] = [];
  let count = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const item = { headers: request.headers, message: JSON.parse(Buffer.concat(chunks).toString()) as Message };
    count += 1;
    response.writeHead(answer(count)).end();
    const next = waiting.shift();
    if (next) next(item);
    else received.push(item);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/sns`,
    next: () =>
      new Promise<Received>((resolve) => {
        const item = received.shift();
        if (item) resolve(item);
        else waiting.push(resolve);
      }),
    /** How many requests have come. */
    count: () => count,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export type Endpoint = Awaited<ReturnType<typeof startEndpoint>>;
