// The application under test: `sanad demo` with a port and a data folder of its own.

import { execFile, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');

// The first start makes a database and two years of invented data, in a debug build.
const START_LIMIT = 180_000;
const STOP_LIMIT = 30_000;
const DEMO = [join(target, 'debug/sanad'), 'demo'];

/**
 * Starts the application and waits until it is ready.
 *
 * @param {object} [options]
 * @param {string[]} [options.command] another program than `target/debug/sanad demo`
 * @param {object} [options.env] further settings
 * @returns {Promise<{url: string, dataDir: string, accounts: Map<string, object>, log: () => string, stop: () => Promise<void>}>}
 */
export async function startApp({ command = DEMO, env = {} } = {}) {
  const dataDir = await newFolder();
  if (command === DEMO) await furnish(dataDir);
  return launch(dataDir, command, env);
}

async function newFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'sanad-browser-'));
  await chmod(folder, 0o711); // as root, PostgreSQL runs as another account, which passes here
  return folder;
}

// Inventing two years takes as long as many a file of tests: done once in a run, and copied for each file.
async function furnish(dataDir) {
  const kept = process.env.SANAD_TEST_KEPT && join(process.env.SANAD_TEST_KEPT, 'demo');
  if (!kept) return;
  if (!(await stat(kept).catch(() => null))) {
    const folder = await newFolder();
    const { finish } = await launch(folder, DEMO, {});
    await finish();
    await rename(folder, kept);
  }
  await promisify(execFile)('cp', ['-a', `${kept}/.`, dataDir]);
}

async function launch(dataDir, command, env) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;

  const lines = [];
  const keep = (chunk) => {
    lines.push(...String(chunk).split('\n').filter(Boolean));
    lines.splice(0, lines.length - 200);
  };
  const child = spawn(command[0], command.slice(1), {
    cwd: root,
    env: { ...process.env, SANAD_LISTEN: `127.0.0.1:${port}`, SANAD_DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let ended;
  const end = new Promise((resolve) => {
    child.on('exit', (code, signal) => resolve((ended = signal ?? `code ${code}`)));
    child.on('error', (error) => resolve((ended = error.message)));
  });
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const killOnExit = () => child.kill('SIGTERM'); // should the tests crash
  process.on('exit', killOnExit);

  const log = () => lines.join('\n');
  const finish = async () => {
    process.off('exit', killOnExit);
    child.kill('SIGTERM');
    const inTime = await Promise.race([end, sleep(STOP_LIMIT, 'late', { ref: false })]);
    if (inTime === 'late') {
      child.kill('SIGKILL');
      await end;
    }
    await stopPostgres(dataDir);
    return inTime;
  };
  const stop = async () => {
    const inTime = await finish();
    await rm(dataDir, { recursive: true, force: true });
    if (inTime === 'late') throw new Error(`the application did not stop on SIGTERM\n${log()}`);
  };

  const deadline = Date.now() + START_LIMIT;
  while (!(await isReady(url))) {
    if (ended || Date.now() > deadline) {
      const what = ended ? `ended (${ended})` : 'is not ready';
      await stop().catch(() => {});
      throw new Error(`${command.join(' ')} ${what}; its last lines:\n${log()}`);
    }
    await sleep(50);
  }
  const accounts = await readAccounts(join(dataDir, 'demo-accounts.tsv'));
  return { url, dataDir, accounts, log, finish, stop };
}

/** A demo that runs already, started by hand; its data folder is named only if its clock may be turned. */
export async function runningApp(url) {
  const file = process.env.SANAD_TEST_ACCOUNTS ?? join(root, 'var/demo-accounts.tsv');
  const dataDir = process.env.SANAD_TEST_DATA_DIR;
  return { url, dataDir, accounts: await readAccounts(file), log: () => '', stop: async () => {} };
}

/** The demo accounts by user name; the first line of the file names the columns. */
export async function readAccounts(file) {
  const [header, ...rows] = (await readFile(file, 'utf8')).trimEnd().split(/\r?\n/);
  const names = header.split('\t');
  return new Map(rows.map((row) => {
    const account = Object.fromEntries(row.split('\t').map((cell, index) => [names[index], cell]));
    return [account.username, account];
  }));
}

async function isReady(url) {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => {
    server.on('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

// An application that had to be killed leaves its PostgreSQL behind.
async function stopPostgres(dataDir) {
  const file = join(dataDir, 'cluster/postmaster.pid');
  const pid = await readFile(file, 'utf8').then((text) => Number.parseInt(text, 10), () => 0);
  if (!(pid > 0)) return;
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  if (!commandLine.split('\0').includes(join(dataDir, 'cluster'))) return;
  process.kill(pid, 'SIGINT');
  for (let i = 0; i < 200; i += 1) {
    await sleep(100);
    if (!(await readFile(file).catch(() => null))) return;
  }
}
