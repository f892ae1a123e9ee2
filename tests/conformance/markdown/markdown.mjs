// Renders Markdown as GitHub does: CommonMark with GitHub's extensions (micromark), raw HTML allowed, and what GitHub's
// pass over the text makes live (mentions, references, links). For the drivers of this folder.
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { JSDOM } from "jsdom";

/// The HTML of a document, including its raw HTML.
export function html_of(markdown) {
  return micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
}

export function document_of(markdown) {
  return new JSDOM(`<!doctype html><body>${html_of(markdown)}</body>`).window.document;
}

// GitHub looks for these in decoded text, everywhere except in code; GitLab for the last.
const live = {
  mention: /(?<![\w`])@[a-z0-9][a-z0-9-]*/i,
  issue: /(?<!\w)(?:GH-|#)\d+\b/i,
  commit: /(?<![\w])[0-9a-f]{7,40}(?![\w])/,
  link: /https?:\/\/\S|(?<!\w)www\.\S|\S+@\w+\.\w/i,
  emoji: /:[a-z0-9_+-]+:/i,
  reference: /(?<!\w)[!$&~%](?:\d+|[a-z]\w*|")/i,
};

/// The live parts of the document: links, elements that load or run something, and text that GitHub makes live.
export function live_parts(document) {
  const found = [];
  for (const element of document.body.querySelectorAll("*")) {
    const tag = element.localName;
    if (["a", "img", "script", "iframe", "style", "form", "input", "video", "svg", "link", "meta"].includes(tag))
      found.push(`a <${tag}> element`);
    for (const { name } of element.attributes)
      if (!["align", "class", "open"].includes(name)) found.push(`<${tag} ${name}=…>`);
  }
  const walker = document.createTreeWalker(document.body, document.defaultView.NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest("code, pre")) continue;
    for (const [kind, pattern] of Object.entries(live)) {
      const match = pattern.exec(node.data);
      if (match) found.push(`${kind}: ${JSON.stringify(match[0])}`);
    }
  }
  return found;
}

/// The structure of a document: its elements as nested names.
export function skeleton_of(element) {
  const inside = [...element.children].map(skeleton_of).join(" ");
  return inside === "" ? element.localName : `${element.localName}(${inside})`;
}
