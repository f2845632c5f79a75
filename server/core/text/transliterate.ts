/** Letters that Unicode does not take apart into a letter and a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  ẞ: "SS",
  æ: "ae",
  Æ: "AE",
  œ: "oe",
  Œ: "OE",
  ø: "o",
  Ø: "O",
  ł: "l",
  Ł: "L",
  đ: "d",
  Đ: "D",
  ð: "d",
  Ð: "D",
  þ: "th",
  Þ: "Th",
  ı: "i",
  ŋ: "n",
  Ŋ: "N",
};

/** `text` in ASCII letters as far as its letters have a Latin one beneath; others stay. "Łukasz Muñoz" becomes "Lukasz Munoz". */
export function transliterate(text: string): string {
  return text
    .replace(/[ßẞæÆœŒøØłŁđĐðÐþÞıŋŊ]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "");
}
