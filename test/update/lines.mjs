/** Words in lines of so many characters at most, as a table in a text has them. */
export function linesOf(words, most = 120) {
  const lines = [];
  let line = "";
  for (const word of words) {
    if (line !== "" && `${line} ${word}`.length > most) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}
