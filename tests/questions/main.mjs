// How much of what officials type is answered rightly: npm run language [-- who due] [-- --wrong] [-- --held]
import '../bench/typescript.mjs';

await import('./print.ts');
