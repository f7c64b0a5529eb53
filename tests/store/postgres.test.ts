import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import * as deliveries from '../../src/store/deliveries.js';
import * as inbound from '../../src/store/inbound.js';
import { inspectStore } from '../../src/store/inspect.js';
import { openStore } from '../../src/store/open.js';
import type { Tx } from '../../src/store/queries.js';
import type { Store, StoreOptions } from '../../src/store/store.js';
import { StoreError } from '../../src/store/store-error.js';
import * as updates from '../../src/store/updates.js';
import * as workspaces from '../../src/store/workspaces.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { storeContract } from './contract.js';
import { aClaim, aDelivery, aFullWorkspace, annexRow, aWorkspace, minutes, now, task, year } from './sample.js';

let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server?.stop());

async function query(location: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: location });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

describe('the store on PostgreSQL', () => {
  storeContract({ engine: 'postgres', createDatabase: () => server.createDatabase(), run: query });

  async function aStore(location?: string, options: StoreOptions = {}): Promise<Store> {
    const store = await openStore(location ?? (await server.createDatabase()), options);
    onTestFinished(() => store.close());
    return store;
  }

  /** Opens when `count` have come. */
  function aGate(count: number): () => Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    let missing = count;
    return () => {
      missing -= 1;
      if (missing <= 0) resolve();
      return promise;
    };
  }

  it('runs a transaction again after a deadlock', async () => {
    const store = await aStore();
    const workspace = await aFullWorkspace(store);
    const before = await workspaces.ledgerVersion(store.read, workspace);
    const bothHoldOne = aGate(2);
    let runs = 0;
    const lockBoth = (first: typeof task, second: typeof task) => async (tx: Tx) => {
      runs += 1;
      await updates.lockTask(tx, workspace, year, first);
      await bothHoldOne();
      await updates.lockTask(tx, workspace, year, second);
      await workspaces.raiseLedgerVersion(tx, workspace);
    };
    await Promise.all([store.transaction(lockBoth(task, annexRow)), store.transaction(lockBoth(annexRow, task))]);
    expect(runs).toBe(3);
    expect(await workspaces.ledgerVersion(store.read, workspace)).toBe(before + 2);
  });

  it('runs transactions again that cannot be serialized, without losing a change', async () => {
    const location = new URL(await server.createDatabase());
    location.searchParams.set('options', '-c default_transaction_isolation=serializable');
    const store = await aStore(location.href);
    const workspace = await aWorkspace(store);
    const allHaveRead = aGate(4);
    let runs = 0;
    const addOne = async (tx: Tx) => {
      runs += 1;
      const { settings } = (await workspaces.findWorkspace(tx, workspace)) ?? {};
      await allHaveRead();
      await workspaces.setSettings(tx, workspace, { count: Number(settings?.count ?? 0) + 1 });
    };
    await Promise.all(Array.from({ length: 4 }, () => store.transaction(addOne)));
    expect(runs).toBeGreaterThan(4);
    expect(await workspaces.findWorkspace(store.read, workspace)).toMatchObject({ settings: { count: 4 } });
  });

  it('does not take a transaction for committed in which a failed statement was ignored', async () => {
    const store = await aStore();
    const workspace = await aWorkspace(store);
    const ignoring = store.transaction(async (tx) => {
      await workspaces.raiseLedgerVersion(tx, workspace);
      await workspaces
        .insertWorkspace(tx, { id: workspace, name: '', startOn: null, settings: {} })
        .catch(() => undefined);
    });
    await expect(ignoring).rejects.toThrow('a failed statement was ignored');
    expect(await workspaces.ledgerVersion(store.read, workspace)).toBe(0);
  });

  it('claims, takes and claims slots once between two instances', async () => {
    const location = await server.createDatabase();
    const stores = [await aStore(location), await aStore(location)] as const;
    const workspace = await aFullWorkspace(stores[0]);
    const claimed = await Promise.all(
      stores.map((store) =>
        store.transaction((tx) => inbound.claimMessage(tx, workspace, aClaim({ messageId: 'at-once' }))),
      ),
    );
    expect(claimed.filter(Boolean)).toHaveLength(1);
    await stores[0].transaction((tx) => deliveries.enqueueDelivery(tx, workspace, aDelivery({ key: 'k-2' })));
    const due = await deliveries.listDueDeliveries(stores[0].read, workspace, now, 10);
    const sequences = due.map(({ sequence }) => sequence);
    const taken = await Promise.all(
      stores.map((store) =>
        store.transaction((tx) => deliveries.takeDeliveries(tx, workspace, sequences, { now, until: minutes(1) })),
      ),
    );
    expect(
      taken
        .flat()
        .map((row) => row.key)
        .sort(),
    ).toEqual(['k-1', 'k-2', 'old']);
  });

  it('outlives a lost connection, in use and idle', async () => {
    const location = await server.createDatabase();
    const lost: Error[] = [];
    const store = await aStore(location, { connections: 2, onLost: (error) => lost.push(error) });
    const workspace = await aWorkspace(store);
    const cut = () =>
      query(
        location,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
      );
    const cutOff = store.transaction(async (tx) => {
      await workspaces.raiseLedgerVersion(tx, workspace);
      await cut();
      await workspaces.raiseLedgerVersion(tx, workspace);
    });
    await expect(cutOff).rejects.toThrow();
    expect(await workspaces.ledgerVersion(store.read, workspace)).toBe(0);
    await cut();
    await expect.poll(() => lost.length).toBeGreaterThan(0);
    expect(await store.transaction((tx) => workspaces.raiseLedgerVersion(tx, workspace))).toBe(1);
  });

  describe('opening', () => {
    const refusal = (location: string) =>
      openStore(location).then(
        (store) => store.close().then(() => 'opened'),
        (error: unknown) => (error instanceof StoreError ? error.say : String(error)),
      );

    it('names the database that cannot be reached, never the password', async () => {
      const said = await refusal('postgres://duban:s3cret-%E5%AF%86@127.0.0.1:1/ledger');
      expect(said).toMatch(/^打不开数据库 postgres:\/\/127\.0\.0\.1:1\/ledger：.*ECONNREFUSED/);
      expect(said).not.toContain('s3cret');
    });

    it('names it to whoever inspects it, never the password', async () => {
      const refused = await inspectStore('postgres://duban:s3cret-%E5%AF%86@127.0.0.1:1/ledger').catch(String);
      expect(refused).toMatch(/打不开数据库 postgres:\/\/127\.0\.0\.1:1\/ledger：.*ECONNREFUSED/);
      expect(refused).not.toContain('s3cret');
    });

    it('does not repeat an address that it cannot read', async () => {
      const said = await refusal('postgres://duban:s3cret/@127.0.0.1:x/ledger');
      expect(said).toContain('数据库地址写得不对');
      expect(said).not.toContain('s3cret');
    });

    it('says so when there is no such database', async () => {
      const location = new URL(await server.createDatabase());
      location.pathname = '/nowhere';
      expect(await refusal(location.href)).toContain('nowhere');
    });

    it('refuses a database that cannot hold every character', async () => {
      const location = await server.createDatabase("ENCODING 'EUC_CN' LOCALE 'C' TEMPLATE template0");
      expect(await refusal(location)).toMatch(/编码是 EUC_CN.*UTF8/);
    });
  });
});
