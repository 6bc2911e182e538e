// The characters of what is pasted: every letter stays, as one character where Unicode has one (NFC). What nobody sees
// goes, and what chat assistants leave of their citations.

const MARKS = new RegExp(
  [
    "\\ue200[^\\ue200\\ue201]{0,400}\\ue201", // ChatGPT's, between private-use characters,
    "(?:file)?cite(?:turn\\d+[a-z]+\\d+)+", // and without them
    ":?contentReference\\[oaicite:\\d+\\](?:\\{index=\\d+\\})?",
    "\\[oaicite:\\d+\\]",
    "【[^【】\\n]{0,40}†[^【】\\n]{0,80}】",
    "\\[cite_start\\]|\\[cite:[\\d\\s,-]{1,80}\\]", // Gemini's
  ].map((mark) => ` ?(?:${mark})`).join("|"),
  "gu",
);

// Joiners mean something inside emoji and in the scripts that use them, tags in the flags of regions.
const INVISIBLE = new RegExp(
  "[\\u00ad\\u034f\\u061c\\u180e\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff\\ufff9-\\ufffb]"
    + "|(?<![\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f\\p{Script=Arabic}\\p{Script=Syriac}"
    + "\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}\\p{Script=Oriya}"
    + "\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}"
    + "\\p{Script=Khmer}\\p{Script=Myanmar}\\p{Script=Mongolian}])[\\u200c\\u200d]"
    + "|(?<!\\u{1f3f4}[\\u{e0020}-\\u{e007f}]*)[\\u{e0000}-\\u{e007f}]"
    + "|\\p{Co}",
  "gu",
);

// Word's letters in the font Symbol are Latin ones that look Greek: a micro written so would become milli.
const SYMBOL = {
  0x21: "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
  0xa0: "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑",
};
const WINGDINGS = {
  ß: "←", à: "→", á: "↑", â: "↓", ó: "↔", è: "➔", ü: "✓", û: "✗", þ: "☑", ý: "☒", J: "🙂", L: "☹", "§": "▪", Ø: "➢",
  n: "■", q: "❑", o: "□", l: "●",
};

const PICTURE_FONTS = { symbol: symbolLetter, wingdings: (letter) => WINGDINGS[letter] };

function symbolLetter(letter) {
  const code = letter.charCodeAt(0);
  const [begin, letters] = Object.entries(SYMBOL).findLast(([start]) => start <= code) ?? [0, ""];
  return [...letters][code - begin];
}

/** The text that letters in a font of pictures (Symbol, Wingdings) stand for; of any other font the text itself. */
export function inPlainFont(text, font) {
  const letterOf = PICTURE_FONTS[font] ?? symbolLetter;
  const letters = font in PICTURE_FONTS ? /[!-ÿ\uf020-\uf0ff]/gu : /[\uf020-\uf0ff]/gu;
  return text.replace(letters, (letter) => letterOf(String.fromCharCode(letter.charCodeAt(0) & 0xff)) ?? letter);
}

/** The text in NFC without invisible characters and citation marks, and how many there were of each. */
export function clean(text) {
  const found = { marks: 0, invisible: 0 };
  const without = (kind) => () => { found[kind] += 1; return ""; };
  const cleaned = text.replace(MARKS, without("marks")).replace(INVISIBLE, without("invisible")).normalize("NFC");
  return { text: cleaned, ...found };
}
