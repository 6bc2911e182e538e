// Pictures in what is pasted: those that came along, those that are elsewhere, and those that did not come.

import { isBlock } from "./elements.js";

const EMOJI = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|[\u200d\ufe0f]|\p{Regional_Indicator})+$/u;
const SMALL = 2; // pixels: pictures that count readers
const DATA = /^data:(image\/[a-z0-9.+-]+)(;base64)?,(.*)$/is;
const ENDINGS = { "image/jpeg": "jpg", "image/svg+xml": "svg" };

/** The file that a `data:` address holds; nothing if it cannot be read. */
function fileOf(source, number) {
  const [, type, isBase64, data] = DATA.exec(source) ?? [];
  if (!type) return undefined;
  try {
    const text = isBase64 ? atob(data.replace(/\s/g, "")) : decodeURIComponent(data);
    const name = `picture-${number}.${ENDINGS[type.toLowerCase()] ?? type.split("/")[1]}`;
    return new File([Uint8Array.from(text, (letter) => letter.charCodeAt(0))], name, { type });
  } catch {
    return undefined;
  }
}

/** What to call a picture that did not come: its alternative text, else its file's name. */
function nameOf(image) {
  const [name] = (image.getAttribute("src") ?? "").split(/[/\\]/).at(-1).split(/[?#]/);
  return image.getAttribute("alt")?.trim() || name.slice(0, 80) || "?";
}

const isTiny = (image) => ["width", "height"].some((side) => parseInt(image.getAttribute(side), 10) <= SMALL);

/** A caption is the picture's title, which the site shows below it. */
function captions(body) {
  for (const caption of body.querySelectorAll("figure > figcaption")) {
    const images = caption.parentElement.querySelectorAll("img");
    if (images.length !== 1) continue;
    images[0].setAttribute("title", caption.textContent.trim().replace(/\s+/g, " "));
    caption.remove();
  }
}

/**
 * Leaves pictures with an address on the web. Those that came as data get a token for an address, and are given back as
 * `{token, file, alt}`; of what did not come only names are left.
 */
export function takePictures(body) {
  captions(body);
  const found = { files: [], remote: 0, missing: [] };
  for (const image of body.querySelectorAll("img")) {
    const source = image.getAttribute("src") ?? "";
    const alt = (image.getAttribute("alt") ?? "").trim();
    const file = fileOf(source, found.files.length + 1);
    if (EMOJI.test(alt)) image.replaceWith(alt);
    else if (isTiny(image)) image.remove();
    else if (file) keepFile(image, { file, alt, token: `pasted-picture-${found.files.length + 1}` }, found);
    else if (/^(?:https?:)?\/\//i.test(source)) found.remote += 1;
    else if (!source.startsWith("/")) {
      found.missing.push(nameOf(image));
      image.remove();
    }
  }
  return found;
}

/** A picture that is uploaded stands in a paragraph, as its placeholder does. */
function keepFile(image, picture, found) {
  found.files.push(picture);
  image.setAttribute("src", picture.token);
  image.removeAttribute("title");
  const link = image.closest("a");
  if (link && !link.textContent.trim() && !isBlock(link)) link.replaceWith(image);
}
