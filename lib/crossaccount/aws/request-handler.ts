import { Agent, type AgentOptions } from "node:https";
import { pipeline, Readable, Transform } from "node:stream";
import { NodeHttpHandler } from "@smithy/node-http-handler";

/** The longest that is asked for, a page of a simulation, has some hundred kilobytes. */
const LONGEST_ANSWER_BYTES = 4 * 1024 * 1024;
/** Most callers give up sooner. */
const ANSWER_MILLISECONDS = 60_000;
const CONNECTION_MILLISECONDS = 5_000;
/** The SDK's own bound for one client. */
const MOST_SOCKETS = 50;

type Handle = NodeHttpHandler["handle"];

/** `HTTPS_PROXY` and `NO_PROXY`, in the way of {@link https://nodejs.org/api/http.html#built-in-proxy-support Node}; `process.env` will do. */
export type ProxyEnvironment = Readonly<
  Partial<Record<"HTTPS_PROXY" | "https_proxy" | "NO_PROXY" | "no_proxy", string | undefined>>
>;

interface Options {
  proxyEnv?: ProxyEnvironment;
  /** From the request to the end of its answer; 60,000 unless given. */
  answerMs?: number;
}

/** Requests as the SDK makes them, by way of a proxy where there is one, whose answers end: what answers in AWS's place may go on and on. */
export class RequestHandler extends NodeHttpHandler {
  private readonly answerMs: number;

  constructor({ proxyEnv, answerMs = ANSWER_MILLISECONDS }: Options = {}) {
    super({
      connectionTimeout: CONNECTION_MILLISECONDS,
      // The types demand all that Next finds in an environment.
      httpsAgent: new Agent({
        keepAlive: true,
        maxSockets: MOST_SOCKETS,
        proxyEnv: proxyEnv as AgentOptions["proxyEnv"],
      }),
    });
    this.answerMs = answerMs;
  }

  override async handle(...[request, options]: Parameters<Handle>): ReturnType<Handle> {
    const time = AbortSignal.timeout(this.answerMs);
    const { abortSignal } = options ?? {};
    const { response } = await super.handle(request, {
      ...options,
      abortSignal: abortSignal instanceof AbortSignal ? AbortSignal.any([abortSignal, time]) : time,
    });
    if (response.body instanceof Readable) response.body = bounded(response.body);
    return { response };
  }
}

class AnswerTooLong extends Error {
  override readonly name = "AnswerTooLong";
}

function bounded(body: Readable): Readable {
  let bytes = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > LONGEST_ANSWER_BYTES) done(new AnswerTooLong(`longer than ${LONGEST_ANSWER_BYTES} bytes`));
      else done(null, chunk);
    },
  });
  // Whoever reads hears of an error from the stream itself.
  return pipeline(body, limit, () => undefined);
}
