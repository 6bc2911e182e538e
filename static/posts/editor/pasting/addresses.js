// Addresses as they are pasted: without what only follows readers, and never one that does something.

// As the lint's rule MG11 knows them, and those that only people who paste meet.
const TRACKING = new RegExp(
  "^(?:utm_\\w+|gclid|gbraid|wbraid|dclid|gclsrc|gad_\\w+|srsltid|fbclid|mibextid|msclkid|yclid|twclid|ttclid|li_fat_id|"
    + "igshid|igsh|mc_[ce]id|_hs\\w+|__hs\\w+|hsctatracking|mkt_tok|vero_id|oly_(?:enc|anon)_id|ml_subscriber(?:_hash)?|"
    + "_ga|_gl|_openstat|wt\\.mc_id|trk_?contact|trk_?msg|s_cid|ref_src)$",
  "i",
);

// Pages that only lead on to another, and the parameter that says to which.
const REDIRECTS = [
  [/^(?:www\.)?google\.[a-z.]+\/url$/, ["q", "url"]],
  [/\.safelinks\.protection\.outlook\.com\/?$/, ["url"]],
  [/^lm?\.(?:facebook|instagram)\.com\/(?:l\.php)?$/, ["u"]],
  [/^(?:www\.)?linkedin\.com\/(?:redir\/redirect|safety\/go)$/, ["url"]],
  [/^(?:www\.)?youtube\.com\/redirect$/, ["q"]],
  [/^slack-redir\.net\/link$/, ["url"]],
  [/^(?:www\.)?duckduckgo\.com\/l\/$/, ["uddg"]],
];
const MOST_HOPS = 5;
const WEB = /^https?:\/\//i;

/** Where a page of redirects leads; nothing for any other address. */
function destination(address) {
  if (!WEB.test(address) || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  const wrapped = /^https?:\/\/urldefense\.com\/v3\/__(https?:.+?)__;/i.exec(address);
  if (wrapped) return wrapped[1].replace(/^(https?:)\/+/i, "$1//");
  const [, names] = REDIRECTS.find(([place]) => place.test(url.host + url.pathname)) ?? [null, []];
  return names.map((name) => url.searchParams.get(name)).find((target) => WEB.test(target ?? ""));
}

function withoutParameters(address) {
  const [, page, query, fragment] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(address);
  const parts = query?.split(/&(?:amp;)?/) ?? [];
  const kept = parts.filter((part) => !TRACKING.test(part.split("=")[0]));
  if (kept.length === parts.length) return { address, tracking: 0 };
  const clean = page + (kept.length ? `?${kept.join("&")}` : "") + (fragment ?? "");
  return { address: clean, tracking: parts.length - kept.length };
}

/** The address without tracking parameters and detours, all else as written, and how many of them there were. */
export function untracked(address) {
  let found = address;
  let hops = 0;
  for (let next = destination(found); next && hops < MOST_HOPS; next = destination(found)) {
    found = next;
    hops += 1;
  }
  const clean = withoutParameters(found);
  return { address: clean.address, tracking: clean.tracking + hops };
}

/** The address of a link if it leads to the web, to a mailbox or to a place on this site; else nothing. */
export function safeAddress(address) {
  // Browsers drop control characters and spaces at the edges, and line ends and tabs anywhere.
  const plain = address.replace(/^[\0- ]+|[\0- ]+$|[\t\r\n]/g, "");
  const [, scheme] = /^([a-z][a-z0-9+.-]*):/i.exec(plain) ?? [];
  if (!plain || plain.startsWith("#")) return undefined;
  if (/^[/\\]{2}/.test(plain)) return `https:${plain}`;
  return scheme && !/^(?:https?|mailto)$/i.test(scheme) ? undefined : plain;
}

/** Whether a text is nothing but the address of a page. */
export function isBareAddress(text) {
  return WEB.test(text) && !/\s/.test(text) && URL.canParse(text);
}
