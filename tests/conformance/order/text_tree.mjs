// text_tree.mjs <REQUESTS: reads JSON [{"format": "mermaid"|"markdown", "text": …}, …] and prints, for each, what its
// reader understands as a list of [place, text]: nodes, edges and frames of a diagram, elements of a page, with every
// text as displayed. Diagrams inside a page are read as well. {"error": message} if the reader refuses the text.
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html><body></body>");
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import("mermaid");
const { marked } = await import("marked");
mermaid.initialize({ startOnLoad: false, securityLevel: "strict", suppressErrorRendering: true });

// as mermaid itself turns its marks back into codes for the browser
const as_html = (label) => String(label).replaceAll("ﬂ°°", "&#").replaceAll("ﬂ°", "&").replaceAll("¶ß", ";");

async function walk(node, place, found) {
  let number = 0;
  for (const child of node.childNodes) {
    if (child.nodeType === 3) {
      if (child.data.trim() !== "") found.push([`${place}/text${number}`, child.data.replace(/^\n+|\n+$/g, "")]);
    } else if (child.nodeType === 1) {
      const inside = `${place}/${child.localName}${number}`;
      for (const { name, value } of child.attributes) found.push([`${inside}@${name}`, value]);
      if (child.className === "language-mermaid") found.push(...(await diagram(child.textContent, inside)));
      else await walk(child, inside, found);
    } else {
      found.push([`${place}/other${number}`, String(child.data)]);
    }
    number += 1;
  }
  return found;
}

async function html(text, place) {
  const box = document.createElement("div");
  box.innerHTML = text;
  return walk(box, place, []);
}

const plain = (value) => (typeof value === "string" ? as_html(value) : JSON.stringify(value ?? null));

async function flowchart(db, place) {
  const found = [];
  const label = async (text, at) => found.push(...(await html(as_html(text ?? ""), `${place}/${at}`)));
  for (const [id, node] of [...db.getVertices()]) {
    await label(node.text, `node ${id}`);
    for (const key of ["type", "classes", "styles", "link", "haveCallback", "labelType"])
      found.push([`${place}/node ${id}@${key}`, plain(node[key])]);
  }
  for (const [number, edge] of db.getEdges().entries()) {
    const at = `edge ${number} ${edge.start} ${edge.end}`;
    await label(edge.text, at);
    found.push([`${place}/${at}@kind`, `${edge.stroke} ${edge.type}`]);
  }
  for (const frame of db.getSubGraphs()) {
    await label(frame.title, `frame ${frame.id}`);
    found.push([`${place}/frame ${frame.id}@nodes`, frame.nodes.join(" ")]);
  }
  found.push([`${place}@tooltips`, JSON.stringify([...(db.tooltips ?? [])])]);
  return found;
}

async function gantt(db, place) {
  const found = [];
  const label = async (text, at) => found.push(...(await html(as_html(text ?? ""), `${place}/${at}`)));
  await label(db.getDiagramTitle(), "title");
  for (const [number, section] of db.getSections().entries()) await label(section, `section ${number}`);
  for (const [number, task] of db.getTasks().entries()) {
    await label(task.task, `task ${number}`);
    await label(task.section, `task ${number} section`);
    for (const key of ["id", "startTime", "endTime", "crit", "done", "active", "milestone", "vert", "classes"])
      found.push([`${place}/task ${number}@${key}`, plain(task[key])]);
  }
  found.push([`${place}@links`, JSON.stringify([...(db.getLinks?.() ?? [])])]);
  return found;
}

async function diagram(text, place) {
  const { type, db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  const found = [[`${place}@diagram`, type]];
  if (type.startsWith("flowchart")) return [...found, ...(await flowchart(db, place))];
  if (type === "gantt") return [...found, ...(await gantt(db, place))];
  throw new Error(`there is no reader here for a ${type}`);
}

async function read({ format, text }) {
  try {
    return format === "mermaid"
      ? await diagram(text, "")
      : await html(marked.parse(text, { gfm: true, async: false }), "");
  } catch (error) {
    return { error: String(error.message ?? error) };
  }
}

const answers = [];
for (const request of JSON.parse(readFileSync(0, "utf8"))) answers.push(await read(request));
process.stdout.write(JSON.stringify(answers));
