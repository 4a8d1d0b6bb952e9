// Follows a live socket, or says how the server refused it.
import { type ClientOptions, WebSocket } from "ws";

export interface Frame {
  epoch: string;
  seq: number;
  office: string;
  calls: { number: string; window: string }[];
}

export class Live {
  readonly frames: Frame[] = [];
  private readonly socket: WebSocket;
  private readonly waiting = new Set<() => void>();

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data) => {
      this.frames.push(JSON.parse(data.toString()));
      for (const look of this.waiting) look();
    });
  }

  static open(url: string, path: string, headers: Record<string, string>): Promise<Live> {
    const socket = new WebSocket(url.replace("http", "ws") + path, { headers });
    const live = new Live(socket);
    return new Promise((done, fail) => {
      socket.on("open", () => done(live));
      socket.on("error", fail);
    });
  }

  // The first frame, seen or to come, that fits.
  next(fits: (frame: Frame) => boolean = () => true): Promise<Frame> {
    return new Promise((done) => {
      const look = () => {
        const found = this.frames.find(fits);
        if (!found) return;
        this.waiting.delete(look);
        done(found);
      };
      this.waiting.add(look);
      look();
    });
  }

  // Ends with the close code.
  ended(): Promise<number> {
    return new Promise((done) => this.socket.on("close", (code) => done(code)));
  }
  close(): void {
    this.socket.close();
  }
}

export interface Refused {
  status: number;
  body: { code: string; title: string };
}

// The answer to an upgrade that must not succeed.
export function refusedUpgrade(
  url: string,
  path: string,
  options: ClientOptions = {},
): Promise<Refused> {
  return new Promise((done, fail) => {
    const socket = new WebSocket(url.replace("http", "ws") + path, options);
    socket.on("open", () => {
      socket.close();
      fail(new Error(`the upgrade of ${path} succeeded`));
    });
    socket.on("error", () => {});
    socket.on("unexpected-response", (_request, response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => done({ status: response.statusCode ?? 0, body: JSON.parse(text) }));
    });
  });
}
