// Sees to it that what the project needs is installed: the packages of the lockfile, and for the tests a Chromium.
// Plain JavaScript for any Node >= 20. Does nothing when a stamp says that this lockfile was installed here.
//   node scripts/setup.js            packages
//   node scripts/setup.js --chromium and a browser
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const stamp = `${root}node_modules/.chatscribe-installed`;
const wanted = createHash("sha256")
  .update(readFileSync(`${root}package-lock.json`))
  .update(process.platform + process.arch)
  .digest("hex");

if (Number(process.versions.node.split(".")[0]) < 20) stop(`Chatscribe needs Node 20 or newer to install; this is ${process.version}`);
if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
  process.stderr.write("Installing (once, about half a minute) …\n");
  const npm = spawnSync("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (npm.status !== 0) stop("npm install failed; what it said stands above");
  writeFileSync(stamp, wanted);
}
if (process.argv.includes("--chromium")) chromium();

/** A browser for the tests: one that is there, else Debian's; else the tests that need it skip and say so. */
function chromium() {
  const there = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].some(
    (file) => file && existsSync(file),
  );
  if (there) return;
  const debian = existsSync("/usr/bin/apt-get") && process.getuid?.() === 0;
  if (!debian) {
    process.stderr.write(
      "No Chromium here: the browser tests will skip. Install one (Debian: apt-get install chromium) or name it in CHROMIUM.\n",
    );
    return;
  }
  process.stderr.write("Installing Chromium for the browser tests …\n");
  const apt = (...args) =>
    spawnSync("apt-get", args, { stdio: ["ignore", "ignore", "ignore"], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } })
      .status === 0;
  apt("update");
  if (!apt("install", "-y", "--no-install-recommends", "chromium"))
    process.stderr.write("Chromium could not be installed: the browser tests will skip.\n");
}

function stop(why) {
  process.stderr.write(`setup: ${why}\n`);
  process.exit(1);
}
