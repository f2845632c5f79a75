// As Rainbow CSV does it: a table is opened in one language and gets another one by its separator, which closes and opens it.
const vscode = require("vscode");

function choose(document) {
  if (document.languageId !== "csv" || !document.lineAt(0).text.includes(";")) return;
  void vscode.languages.setTextDocumentLanguage(document, "csv (semicolon)");
}

exports.activate = ({ subscriptions }) => {
  subscriptions.push(vscode.workspace.onDidOpenTextDocument(choose));
  for (const document of vscode.workspace.textDocuments) choose(document);
};
