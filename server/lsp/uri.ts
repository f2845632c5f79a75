import { URI, Utils } from "vscode-uri";

/** One spelling for all URIs of a file: clients encode them differently. */
export function uriKey(uri: string): string {
  try {
    return URI.parse(uri).toString();
  } catch {
    return uri;
  }
}

export function isFile(uri: string): boolean {
  return /^file:/i.test(uri);
}

/** The URI of a file beside another; `undefined` for what stands in no folder, such as an untitled document. */
export function beside(uri: string, name: string): string | undefined {
  try {
    const parsed = URI.parse(uri);
    if (parsed.scheme === "untitled" || !parsed.path.includes("/")) return undefined;
    return Utils.joinPath(Utils.dirname(parsed), name).toString();
  } catch {
    return undefined;
  }
}

export function folderOf(uri: string): string | undefined {
  return beside(uri, ".")?.replace(/\/\.?$/, "");
}

/** Whether two files stand in one folder. */
export function stand(one: string, other: string): boolean {
  return folderOf(one) === folderOf(other);
}
