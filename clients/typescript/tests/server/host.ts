import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../../../host/bin/Release/net10.0/ChatGenius.Host.dll', import.meta.url));

/** The one-process host, with its own data, on its own port; it can be stopped and started again on both. */
export class Host {
  #process: ChildProcess | null = null;

  private constructor(
    readonly address: string,
    private readonly data: string,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  static async start(settings: Readonly<Record<string, string>> = {}): Promise<Host> {
    const host = new Host(`http://127.0.0.1:${await freePort()}`, mkdtempSync(join(tmpdir(), 'chatgenius-')), settings);
    await host.startAgain();
    return host;
  }

  async startAgain(): Promise<void> {
    this.#process = spawn('dotnet', [program, '--urls', this.address], { env: { ...process.env, ChatGenius__DataPath: this.data, ...this.settings }, stdio: 'ignore' });
    for (const until = Date.now() + 60_000; ; ) {
      const ready = await fetch(`${this.address}/health/ready`).then((r) => r.ok, () => false);
      if (ready) return;
      if (Date.now() > until || this.#process.exitCode !== null) throw new Error('The host did not become ready.');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async kill(): Promise<void> {
    const gone = this.#process;
    if (!gone || gone.exitCode !== null) return;
    const exited = new Promise((resolve) => gone.once('exit', resolve));
    gone.kill('SIGKILL');
    await exited;
  }

  async dispose(): Promise<void> {
    await this.kill();
    rmSync(this.data, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No port.'))));
    });
  });
}
