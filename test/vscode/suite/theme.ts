import assert from "node:assert/strict";
import * as vscode from "vscode";
import { until } from "./until.ts";

/** The themes of pictures: a name for the picture, the end of the theme's id, its kind, and the class that the page then has. */
export const THEMES = [
  ["light", "Light Modern", vscode.ColorThemeKind.Light, ".vs"],
  ["dark", "Dark Modern", vscode.ColorThemeKind.Dark, ".vs-dark"],
] as const;

/** Theme ids have changed with the years ("Default Light Modern", "Light Modern"): take the one that this VS Code has. */
function themeId(ending: string): string {
  const themes = vscode.extensions.getExtension("vscode.theme-defaults")?.packageJSON.contributes.themes as
    | readonly { readonly id: string }[]
    | undefined;
  const theme = themes?.find(({ id }) => id.endsWith(ending));
  assert(theme, `VS Code has a theme ${ending}`);
  return theme.id;
}

export async function useTheme(ending: string, kind: vscode.ColorThemeKind): Promise<void> {
  const settings = vscode.workspace.getConfiguration("workbench");
  await settings.update("colorTheme", themeId(ending), vscode.ConfigurationTarget.Global);
  await until(ending, () => vscode.window.activeColorTheme.kind === kind);
}
