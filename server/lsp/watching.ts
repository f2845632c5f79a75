import { type Connection, DidChangeWatchedFilesNotification, type Disposable } from "vscode-languageserver";
import { BASELINE_FILE, SETTINGS_FILE } from "../core/index.ts";
import type { ClientFeatures } from "./capabilities.ts";
import { folderOf, isFile } from "./uri.ts";

/** The files whose changes on disk concern us. */
const PATTERN = `{${SETTINGS_FILE},${BASELINE_FILE},*.[lL][dD][iI][fF],*.[lL][dD][fF],*.[cC][sS][vV],*.[tT][sS][vV],*.[tT][aA][bB]}`;

/** After the URI of a folder whose sub-folders are watched, too. */
const SUBFOLDERS = "/**";

/** Has the client watch the folders of open exports: they may lie outside the workspace. */
export class FolderWatch {
  readonly #connection: Connection;
  readonly #client: ClientFeatures;
  readonly #watched = new Map<string, Promise<Disposable | undefined>>();

  constructor(connection: Connection, client: ClientFeatures) {
    this.#connection = connection;
    this.#client = client;
  }

  /** Watches the folders of these files and these trees of folders, and no others. */
  watch(uris: readonly string[], trees: Iterable<string> = []): void {
    if (!this.#client.watching) return;
    const folders = [...uris.filter(isFile).map(folderOf), ...[...trees].map((tree) => `${tree}${SUBFOLDERS}`)];
    const wanted = new Set(this.#client.relativePatterns ? folders : ["**"]);
    for (const folder of wanted) {
      if (folder !== undefined && !this.#watched.has(folder)) this.#watched.set(folder, this.#register(folder));
    }
    for (const [folder, watch] of this.#watched) {
      if (wanted.has(folder)) continue;
      this.#watched.delete(folder);
      void watch.then((registered) => registered?.dispose());
    }
  }

  #register(folder: string): Promise<Disposable | undefined> {
    const isTree = folder.endsWith(SUBFOLDERS);
    const baseUri = isTree ? folder.slice(0, -SUBFOLDERS.length) : folder;
    const pattern = isTree ? `**/${PATTERN}` : PATTERN;
    const globPattern = folder === "**" ? `**/${PATTERN}` : { baseUri, pattern };
    return this.#connection.client
      .register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern }] })
      .catch((error: Error) => {
        this.#connection.console.warn(`Changes of files on disk will not be seen: ${error.message}`);
        return undefined;
      });
  }
}
