import { registerHooks } from 'node:module';

/**
 * Lets the modules of a package import each other without a look at its package.json. Node reads that file anew for each of
 * them, and drizzle-orm's has 180 kB: 0.4 s and 180 MB at every start.
 */
export function resolveWithin(packageName: string): void {
  const folder = `/node_modules/${packageName}/`;
  registerHooks({
    resolve(specifier, context, next) {
      const { parentURL } = context;
      if (!specifier.startsWith('.') || !parentURL?.includes(folder)) return next(specifier, context);
      return { url: new URL(specifier, parentURL).href, format: 'module', shortCircuit: true };
    },
  });
}
