import type { Ask, Question, ToPage } from "../messages.ts";

declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

/** The way to the extension and back. */
export class Bridge {
  readonly #extension = acquireVsCodeApi();
  readonly #waiting = new Map<number, (answer: unknown) => void>();
  #last = 0;

  constructor(changed: () => void) {
    window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
      if ("changed" in data) {
        changed();
        return;
      }
      this.#waiting.get(data.id)?.(data.answer);
      this.#waiting.delete(data.id);
    });
  }

  /** `null` where there is no answer. */
  ask<Answer>(ask: Ask): Promise<Answer | null> {
    const question: Question = { id: ++this.#last, ask };
    return new Promise((resolve) => {
      this.#waiting.set(question.id, (answer) => resolve(answer as Answer | null));
      this.#extension.postMessage(question);
    });
  }
}
