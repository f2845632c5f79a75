import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

/** The page: one script and one style of our own, and nothing else can be loaded, run or sent anywhere. */
export function pageOf(webview: vscode.Webview, root: vscode.Uri, title: string): string {
  const nonce = randomBytes(16).toString("base64");
  const of = (name: string) => escaped(webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString());
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="${of("findings-style.css")}">
</head>
<body>
<main id="view" aria-label="${escaped(title)}"></main>
<script nonce="${nonce}" src="${of("findings-page.js")}"></script>
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
