// preview_check.mjs VSM SAMPLE.vsm IMPORTED.vsm: edits, breaks, deletes, restores and renames a map and its import
// while a browser shows the preview.
//
// Each save must show within LONGEST plus 150 ms without a manual reload, errors above the last good picture, and no
// request may leave the machine; requests with a foreign host or origin are refused; 200 saves add at most 4 MiB of
// memory; Ctrl-C ends the server. Exit 0 no findings, 1 findings.
import { spawn } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";

const LONGEST = 200; // ms from a save to its display
const [vsm, sample, imported] = process.argv.slice(2);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "vsm-preview-"));
const map = path.join(folder, "map.vsm");
const teams = path.join(folder, path.basename(imported));
const good = fs.readFileSync(sample, "utf8");
const good_teams = fs.readFileSync(imported, "utf8");
fs.writeFileSync(map, good);
fs.writeFileSync(teams, good_teams);

let problems = 0;
const wrong = (text) => (++problems, console.log(text));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// a fake browser opener that records its arguments
const opener = path.join(folder, "bin"),
  opened = path.join(folder, "opened");
fs.mkdirSync(opener);
fs.writeFileSync(
  path.join(opener, "xdg-open"),
  `#!/bin/sh\nprintf '%s\\n' "$#" "$@" >'${opened}.new' && mv '${opened}.new' '${opened}'\n`,
  { mode: 0o755 },
);

const server = spawn(vsm, ["preview", map, "--open", "--port", String(20000 + (process.pid % 20000))], {
  stdio: ["ignore", "pipe", "inherit"],
  env: { ...process.env, PATH: `${opener}:${process.env.PATH}` },
});
const ended = new Promise((resolve) => server.on("exit", (code, signal) => resolve(code ?? signal)));
const address = await new Promise((resolve) => server.stdout.once("data", (data) => resolve(String(data).trim())));
const port = new URL(address).port;

function status(headers, method = "GET", way = "/") {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host: "127.0.0.1", port, path: way, method, headers },
      (response) => (response.resume(), resolve(response.statusCode)),
    );
    request.on("error", reject);
    request.end();
  });
}
for (const [headers, expected] of [
  [{}, 200],
  [{ Host: `localhost:${port}` }, 200],
  [{ Host: "evil.example" }, 403],
  [{ Host: `evil.example:${port}` }, 403],
  [{ Origin: "http://evil.example" }, 403],
  [{ Origin: "null" }, 403],
  [{ Origin: `http://127.0.0.1:${port}` }, 200],
]) {
  const found = await status(headers);
  if (found !== expected) wrong(`a request with ${JSON.stringify(headers)}: ${found}, not ${expected}`);
}
const head = await new Promise((resolve, reject) => {
  const socket = net.connect(port, "127.0.0.1", () =>
    socket.write(`HEAD / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`),
  );
  let got = "";
  socket
    .on("data", (data) => (got += data))
    .on("end", () => resolve(got))
    .on("error", reject);
});
if (!head.startsWith("HTTP/1.1 200") || !head.endsWith("\r\n\r\n") || head.includes("<html"))
  wrong(`HEAD is answered with ${JSON.stringify(head.slice(0, 200))}`);
if ((await status({}, "DELETE")) < 400) wrong("a DELETE is answered");
if ((await status({}, "GET", "/../../etc/passwd")) !== 404) wrong("a path out of it is answered");

for (let i = 0; i < 50 && !fs.existsSync(opened); ++i) await pause(100);
const told = fs.existsSync(opened) ? fs.readFileSync(opened, "utf8") : "nothing";
if (told !== `1\n${address}\n`) wrong(`--open gave the browser ${JSON.stringify(told)}`);

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
const page = await browser.newPage();
page.on("pageerror", (error) => wrong(`in the page: ${error.message}`));
page.on("console", (message) => message.type() === "error" && wrong(`in the console: ${message.text()}`));
page.on(
  "request",
  (request) => new URL(request.url()).host === `127.0.0.1:${port}` || wrong(`a request for ${request.url()}`),
);
let loads = 0;
page.on("load", () => ++loads);
await page.goto(address);

/// Changes files with `change`; `holds` must become true in the page soon after.
async function after(what, change, holds, argument) {
  change();
  const from = performance.now();
  try {
    await page.waitForFunction(holds, argument, { timeout: 5000, polling: 10 });
  } catch {
    return wrong(`${what}: does not show`);
  }
  const took = performance.now() - from;
  if (took > LONGEST + 150) wrong(`${what}: shows after ${took.toFixed(0)} ms`);
  return took;
}
const shows = (text) => document.querySelector("main").textContent.includes(text);
const says = (text) =>
  document.querySelector(".messages pre")?.textContent.includes(text) === true &&
  document.querySelector("main svg") !== null;
const quiet = () =>
  document.querySelector(".messages") === null || !document.querySelector(".messages").textContent.includes("error");

const edited = good.replace('"Review the change"', '"Look at the change"');
if (edited === good) throw new Error("the sample has another title");
await after("an edit", () => fs.writeFileSync(map, edited), shows, "Look at the change");
await after("a mistake", () => fs.writeFileSync(map, edited + "\nstream {"), says, "error");
if (!(await page.evaluate(shows, "Look at the change"))) wrong("the last good picture is gone with a mistake");
await after("a file that is emptied", () => fs.writeFileSync(map, ""), says, "no stream to draw");
await after("its mending", () => fs.writeFileSync(map, good), quiet);
await after("a file that is gone", () => fs.rmSync(map), says, "is gone");
await after("a file that is there again", () => fs.writeFileSync(map, good), quiet);
await after(
  "an editor that replaces the file",
  () => (fs.writeFileSync(map + "~", edited), fs.renameSync(map + "~", map)),
  shows,
  "Look at the change",
);
await after(
  "an edit of an import",
  () => fs.writeFileSync(teams, good_teams.replace('"Developers"', '"Builders"')),
  shows,
  "Builders",
);
await after("an import that is gone", () => fs.rmSync(teams), says, "error");
await after("an import that is there again", () => fs.writeFileSync(teams, good_teams), quiet);
const called = path.basename(imported),
  renamed = "renamed-" + called;
const moved = path.join(folder, renamed);
await after("an import that is renamed", () => fs.renameSync(teams, moved), says, "error");
// the last good picture stays until the map is read, so the edit that follows may come before that
await after(
  "its new name in the map",
  () => fs.writeFileSync(map, edited.replace(`"${called}"`, `"${renamed}"`)),
  shows,
  "Look at the change",
);
await after(
  "an edit of the renamed import",
  () => fs.writeFileSync(moved, good_teams.replace('"Developers"', '"Makers"')),
  shows,
  "Makers",
);
await after("the old name again", () => (fs.renameSync(moved, teams), fs.writeFileSync(map, good)), quiet);
await after("a map that is renamed", () => fs.renameSync(map, map + ".old"), says, "is gone");
await after("a map that has its name back", () => fs.renameSync(map + ".old", map), quiet);

const memory = () => Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${server.pid}/status`, "utf8"))[1]);
const times = [];
const saves = async (count, from) => {
  for (let i = 0; i < count; ++i) {
    const title = `Save number ${from + i}`;
    times.push(
      await after(title, () => fs.writeFileSync(map, good.replace('"Review the change"', `"${title}"`)), shows, title),
    );
  }
};
for (let i = 0; i < 20; ++i) {
  const title = `Team number ${i}`;
  times.push(
    await after(title, () => fs.writeFileSync(teams, good_teams.replace('"Developers"', `"${title}"`)), shows, title),
  );
}
await saves(20, 0);
const before = memory();
await saves(200, 20);
const grown = memory() - before;
if (grown > 4096) wrong(`200 saves: ${grown} KiB more`);
if (loads !== 1) wrong(`the page was loaded ${loads} times`);
await browser.close();
await pause(100);
server.kill("SIGINT");
const code = await Promise.race([ended, pause(3000).then(() => "still there")]);
if (code !== 130) wrong(`after Ctrl-C: ${code}`);
server.kill("SIGKILL");
fs.rmSync(folder, { recursive: true });
times.sort((a, b) => a - b);
console.log(
  `preview: ${times.length} saves, median ${times[times.length >> 1]?.toFixed(0)} ms, slowest ${times.at(-1)?.toFixed(0)} ms, ${grown} KiB more; ${problems} findings`,
);
process.exit(problems > 0 ? 1 : 0);
